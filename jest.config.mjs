import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  // One more than there are processors: what runs whole stacks mostly waits for its processes.
  maxWorkers: availableParallelism() + 1,
  // A worker keeps something of each file of tests, and all of it is looked through again and again: new ones are faster.
  workerIdleMemoryLimit: '150MB',
  testTimeout: 60_000,
};
