import { plain } from '../core/base/plain-text';

/** What somebody typed, or a file is called, in quotation marks: one line that does not steer the terminal. */
export const quoted = (text: string): string => JSON.stringify(plain(text, 200));
