import { fork } from 'node:child_process';
import { join } from 'node:path';
import { endOf, REPOSITORY, WITH_TYPESCRIPT } from '../child-process';
import type { PARTS } from './part-process';

type Parts = typeof PARTS;

/** What the process of a part tells of it. */
export type PartEnd = { readonly result: unknown } | { readonly error: string };

/**
 * Runs a part of the suite in a process of its own: what is on the wire between a function and the emulators keeps one busy.
 * @throws Error with what went wrong there, or how the process ended
 */
export function apart<Name extends keyof Parts>(name: Name, ...given: Parameters<Parts[Name]>): ReturnType<Parts[Name]>;
export function apart(name: string, ...given: readonly unknown[]): Promise<unknown> {
  const child = fork(join(__dirname, 'part-process.ts'), [JSON.stringify([name, ...given])], {
    cwd: REPOSITORY,
    execArgv: WITH_TYPESCRIPT,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`its process ended (${endOf(code, signal)})`)));
    child.once('message', (end: PartEnd) => ('result' in end ? resolve(end.result) : reject(new Error(end.error))));
  });
}
