import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Where commands of the repository run, so that `tsx` and the lock file are found. */
export const REPOSITORY = join(__dirname, '..');

/** The arguments that make Node.js read TypeScript. */
export const WITH_TYPESCRIPT = ['--import', 'tsx'];

/** Ends `child` if it still runs, and waits until it has ended. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/** All that `child` writes from now on, for an error that quotes it. */
export function outputOf(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join('').trim();
}

/** The end of `child` in words: "exit code 1", "signal SIGKILL". */
export function endOf(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
