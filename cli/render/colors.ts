import type { Severity } from '../../core/base/severity';
import type { Console } from '../console';

const CODES: Readonly<Record<Severity | 'open', number>> = {
  CRITICAL: 31,
  HIGH: 35,
  MEDIUM: 33,
  LOW: 36,
  INFORMATIONAL: 90,
  open: 31,
};

/** Colours a text, where the console shows colours: a severity by how bad it is, `open` as what is open now. */
export const colorsOn =
  ({ isColored }: Console) =>
  (what: Severity | 'open', text: string): string =>
    isColored === true ? `\u001b[${CODES[what]}m${text}\u001b[39m` : text;
