import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER } from './children';
import { recordsOf, toLogFile, type Variant } from './corpus';
import { randomFrom } from './random';

/** What GNU time tells of a program with all its processes; the memory is that of the largest of them. */
export interface Taken {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

export const succeeds = (command: string): boolean => spawnSync('sh', ['-c', command]).status === 0;

/** Whether whole processes can be measured here. */
export const canTime = (): boolean => succeeds('command -v taskset && env time -f %e true');

/**
 * Runs a shell command once.
 * @param cores as taskset takes them
 * @param args what the command has as `"$@"`
 * @throws Error where it does not succeed
 */
export function taken(
  command: string,
  cores: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Taken {
  const program = ['-f', '%U %S %M', 'taskset', '-c', cores, 'sh', '-c', command, 'sh', ...args];
  const start = performance.now();
  const { status, stderr, error } = spawnSync('time', program, {
    cwd: folder,
    env: { ...process.env, NODE: process.execPath, ...env },
    encoding: 'utf8',
  });
  const seconds = (performance.now() - start) / 1000;
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status ?? 'nothing'}: ${stderr.slice(0, 500)}`);
  const [user, system, kilobytes] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { seconds, processor: (user ?? 0) + (system ?? 0), megabytes: (kilobytes ?? 0) / 1024 };
}

export interface LogFiles {
  readonly folder: string;
  readonly names: readonly string[];
}

/**
 * A folder of log files, gone when the process ends; fifty different small ones are as good as thousands.
 * @param bytes of each, raw
 */
export function writtenLogFiles(name: string, files: number, bytes: number, variant: Variant): LogFiles {
  const folder = path.join(FOLDER, name.replace(/\W+/g, '-'));
  mkdirSync(folder);
  const different = Array.from({ length: Math.min(files, bytes > 1e6 ? 20 : 50) }, (_, seed) =>
    toLogFile(name, recordsOf(bytes, variant, randomFrom(bytes, seed))),
  );
  const names = Array.from({ length: files }, (_, at) => `${String(at).padStart(5, '0')}.json.gz`);
  for (const [at, file] of names.entries())
    writeFileSync(path.join(folder, file), different[at % different.length]?.gzip ?? '');
  return { folder, names };
}
