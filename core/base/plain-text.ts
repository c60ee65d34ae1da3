/**
 * Text written by strangers, made safe to show: user agents, session names, domain names, statement ids and error
 * messages come from whoever made the call.
 */

/** Words of printable ASCII with one space between them, as most texts are. */
const PRINTABLE = /^[!-~]+(?: [!-~]+)*$/;

/** What stands between line breaks, control characters and spaces of every width, which only separate; a long word in pieces. */
const PIECES = /[^\p{Cc}\p{Z}]{1,500}/gu;

/** What steers the display or does not show at all: direction overrides, zero-width ones, variation selectors, unassigned and private ones. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Marks put on a letter; languages need few on one, a tower of them covers the lines around. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/**
 * One line of at most `maxLength` characters. Line breaks, control characters and runs of spaces become one space;
 * characters that are not seen, such as right-to-left overrides and zero-width ones, are shown by their number:
 * `[U+202E]`. Never empty for a text with anything to see in it.
 */
export function plain(text: string, maxLength: number): string {
  if (text.length <= maxLength && PRINTABLE.test(text)) return text;
  const line = beginningOf(text.slice(0, READ_AT_MOST), maxLength * 2 + 1)
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(UNSEEN, (character) => `[U+${hexOf(character)}]`)
    .replace(STACKED, '$1\uFFFD');
  return shortened(line, maxLength);
}

/** Longer than anything that is shown, so that a text of megabytes costs no more. */
const READ_AT_MOST = 200_000;

/** The first `length` characters, with one space for all that separates two words. No more of the text is read. */
function beginningOf(text: string, length: number): string {
  let line = '';
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    line += line !== '' && index > end ? ` ${piece}` : piece;
    end = index + piece.length;
    if (line.length >= length) break;
  }
  return line.slice(0, length);
}

const hexOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** `text` cut to `maxLength` characters, with an ellipsis where something was cut. */
export function shortened(text: string, maxLength: number, ellipsis = '…'): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - ellipsis.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end).trimEnd() + ellipsis;
}

/** The first three of a list, each cut to `maxLength` characters, and how many more there are: `a, b, c and 2 more`. */
export function firstOf(texts: readonly string[], separator = ', ', maxLength = 80): string {
  const told = texts.slice(0, MOST_TOLD).map((text) => shortened(text, maxLength));
  const more = texts.length - told.length;
  return more > 0 ? `${told.join(separator)} and ${more} more` : told.join(separator);
}

/** How many of a list are told. */
export const MOST_TOLD = 3;

/** Printable ASCII of at most `maxLength` characters; what is not ASCII becomes `?`. */
export function ascii(text: string, maxLength: number): string {
  const line = plain(text, maxLength + 1)
    .replace(/…/g, '...')
    .replace(/[^\x20-\x7e]/gu, '?');
  return shortened(line, maxLength, '...');
}

/** `text` in which no program finds a link with a scheme, or one that begins with www: `https[:]//example.com`, `www[.]example.com`. */
export function unlinked(text: string): string {
  return text
    .replace(/:\/\//g, '[:]//')
    .replace(/\b(www|ftp)\./gi, '$1[.]')
    .replace(/mailto:/gi, 'mailto[:]');
}

/**
 * `text` in lines of at most `width` characters; a longer word keeps a line of its own. The first line begins with
 * `first`, the others with as many spaces.
 * @param first not empty where the text is a stranger's, so that none of its lines looks like one of ours
 */
export function wrapped(text: string, width: number, first: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && first.length + line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line, at) => (at === 0 ? first : ' '.repeat(first.length)) + line).join('\n');
}
