/** Where a command writes and whether somebody watches it. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard error is a terminal. */
  readonly isInteractive: boolean;
  /** All of standard input. @default - there is none */
  readonly in?: () => Promise<Uint8Array>;
  /** The program whose threads read files, as `serveReading` does. @default - files are read in one thread */
  readonly reader?: string;
  /** Standard output is a terminal that shows colours, and nobody asked for none. @default false */
  readonly isColored?: boolean;
  /** How much is said on standard error beside what went wrong. @default 'normal' */
  readonly loudness?: 'quiet' | 'normal' | 'verbose';
}

/** Says what is good to know, unless somebody asked for quiet. */
export function note(console: Console, line: string): void {
  if (console.loudness !== 'quiet') console.err(`${line}\n`);
}

/** Says what only somebody who asked for more wants to know. */
export function noteMore(console: Console, line: string): void {
  if (console.loudness === 'verbose') console.err(`${line}\n`);
}

/** What the operator got wrong; its message is all there is to say. */
export class UsageError extends Error {}
