import { mistake } from './mistake';

/** The literal texts between the stars, first and last included: `a*b` is `['a', 'b']`, a text without stars is one. */
export type Pieces = readonly string[];

const WILDCARD = 'a text where * is any run of characters, \\* a star and \\\\ a backslash, without ** in it';

/** @throws Error for two stars in a row and for a backslash before anything but a star or a backslash */
export function readWildcard(operand: unknown, at: string): Pieces {
  if (typeof operand !== 'string') throw mistake(at, operand, WILDCARD);
  const pieces = [''];
  const append = (text: string): void => void (pieces[pieces.length - 1] += text);
  for (let index = 0; index < operand.length; index += 1) {
    const [character, next] = [operand.charAt(index), operand.charAt(index + 1)];
    if (character === '\\') {
      if (next !== '*' && next !== '\\') throw mistake(at, operand, WILDCARD);
      append(next);
      index += 1;
    } else if (character === '*') {
      if (next === '*') throw mistake(at, operand, WILDCARD);
      pieces.push('');
    } else append(character);
  }
  return pieces;
}

/** Each piece is taken where it first occurs, so no text is gone through twice. */
export function matchesPieces(pieces: Pieces, text: string): boolean {
  const [head = '', ...others] = pieces;
  const tail = others.pop();
  if (tail === undefined) return text === head;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  const end = text.length - tail.length;
  let from = head.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}
