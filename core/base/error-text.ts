import { memberOf, textOf } from './members';

/** What an error says, of whatever realm it is; of anything else that was thrown, the text of it. */
export function textOfError(error: unknown): string {
  return textOf(memberOf(error, 'message')) ?? String(error);
}
