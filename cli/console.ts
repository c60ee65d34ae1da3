/** Where a command writes and whether somebody watches it. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard error is a terminal. */
  readonly isInteractive: boolean;
}

/** What the operator got wrong; its message is all there is to say. */
export class UsageError extends Error {}
