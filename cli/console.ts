import { memberOf, textOf } from '../lambda/members';

/** Where a command writes and whether somebody watches it. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard error is a terminal. */
  readonly isInteractive: boolean;
}

/** What the operator got wrong; its message is all there is to say. */
export class UsageError extends Error {}

/** What an error says; of anything else that was thrown, the text of it. */
export function messageOf(error: unknown): string {
  return textOf(memberOf(error, 'message')) ?? String(error);
}
