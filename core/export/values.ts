const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** `[` and `{` differ in this bit only, as do `]` and `}`. */
const BRACE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** What may stand between values: white space, commas, and the separator of JSON text sequences. */
const SEPARATORS = new Set([0x20, 0x09, 0x0d, NEWLINE, 0x2c, 0x1e]);

/** A part of a text: a JSON value, as far as its strings and brackets tell, or `broken`: something that only begins as one. */
export interface Part {
  readonly bytes: Buffer;
  readonly isBroken?: true;
}

/**
 * The JSON values of a text that is made of nothing else: one, or several one after another, however they are separated.
 * @returns undefined where anything else stands between them
 */
export function valuesOf(text: Buffer): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (let at = firstOther(text, 0); at < text.length; at = firstOther(text, at)) {
    const isValue = text[at] === QUOTE || isOpening(text[at]);
    if (!isValue) return undefined;
    const end = endOfValue(text, at, text.length);
    parts.push(end === undefined ? { bytes: text.subarray(at), isBroken: true } : { bytes: text.subarray(at, end) });
    at = end ?? text.length;
  }
  return parts;
}

/**
 * The objects and lists in a text that holds anything else as well: lines that begin with a time, columns, prompts. One
 * that does not end is `broken`, and what follows its line is looked at.
 */
export function* valuesAmidText(text: Buffer): Generator<Part> {
  // Only one search to the end of the text may fail, or a text of brackets would cost the square of its length.
  let mayGoOn = true;
  for (let at = firstOpening(text, 0); at < text.length; at = firstOpening(text, at)) {
    const newline = text.indexOf(NEWLINE, at);
    const endOfLine = newline === -1 ? text.length : newline;
    const end = endOfValue(text, at, endOfLine) ?? (mayGoOn ? endOfValue(text, at, text.length) : undefined);
    if (end === undefined) mayGoOn = false;
    yield end === undefined
      ? { bytes: text.subarray(at, endOfLine), isBroken: true }
      : { bytes: text.subarray(at, end) };
    at = end ?? endOfLine;
  }
}

/** Index behind the value that begins at `start`, by its strings and brackets alone; `undefined` where it does not end. */
function endOfValue(text: Buffer, start: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfString(text, at, limit);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (isOpening(byte)) depth += 1;
    else if ((byte | BRACE_BIT) === CLOSING) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** Index behind the quotation mark that ends the string at `start`. */
function endOfString(text: Buffer, start: number, limit: number): number | undefined {
  for (let at = start + 1; at < limit; at++) {
    if (text[at] === BACKSLASH) at += 1;
    else if (text[at] === QUOTE) return at + 1;
  }
  return undefined;
}

const isOpening = (byte: number | undefined): boolean => ((byte ?? 0) | BRACE_BIT) === OPENING;

function firstOther(text: Buffer, from: number): number {
  let at = from;
  while (at < text.length && SEPARATORS.has(text[at] ?? 0)) at += 1;
  return at;
}

function firstOpening(text: Buffer, from: number): number {
  let at = from;
  while (at < text.length && !isOpening(text[at])) at += 1;
  return at;
}
