/** Beginning of every command to a terminal. As a number it is found in half the time of a text. */
const ESCAPE = 0x1b;

/** What colours text on a terminal, as `jq -C` does into a pipe as well. JSON has no such character in it. */
// oxlint-disable-next-line no-control-regex
const COLORS = /\u001b\[[0-9;]*[mK]/g;

/**
 * A text in UTF-8 without a byte order mark and without colours. PowerShell saves UTF-16; without a mark, that is told by the
 * zeros in its first two characters.
 */
export function inPlainUtf8(text: Buffer): Buffer {
  const utf8 = inUtf8(text);
  return utf8.includes(ESCAPE) ? Buffer.from(utf8.toString('utf8').replace(COLORS, ''), 'utf8') : utf8;
}

function inUtf8(text: Buffer): Buffer {
  const [first, second, third, fourth] = text;
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return fromUtf16(text.subarray(2), 'little');
  if (first === 0xfe && second === 0xff) return fromUtf16(text.subarray(2), 'big');
  if (first === 0xef && second === 0xbb && third === 0xbf) return text.subarray(3);
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return fromUtf16(text, 'little');
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? fromUtf16(text, 'big') : text;
}

/** A byte that is left over at the end is dropped. */
function fromUtf16(text: Buffer, order: 'little' | 'big'): Buffer {
  const whole = text.subarray(0, text.length - (text.length % 2));
  const ordered = order === 'little' ? whole : Buffer.from(whole).swap16();
  return Buffer.from(ordered.toString('utf16le'), 'utf8');
}
