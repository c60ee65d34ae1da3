import { EVENT_SOURCE } from '../base/event-source';

const LITERAL = Buffer.from(EVENT_SOURCE);
const ESCAPE = Buffer.from('\\u00');

/** Two hex digits that name a character of the event source, in JSON's `\u00XX`. */
const ESCAPED_CHARACTERS = new Set([...LITERAL].map((byte) => byte.toString(16)));

/** In an escaped spelling of the key, the last backslash is at most as far from the end as in this one. */
const KEY_WINDOW = '\\u0065ventSource'.length;

const QUOTE = 0x22;
const COLON = 0x3a;

/**
 * False only when no object in `json`, however it is spelled, has the event source es.amazonaws.com. True is a guess:
 * other services' records may name the service too.
 *
 * A JSON string decodes to the name only if it spells it literally between two quotes, or spells one of its characters
 * as `\u00XX`; none of them has a shorter escape. Both are searched natively, on bytes: UTF-8 neither makes an ASCII
 * byte out of others nor swallows one.
 */
export function mayHoldEsRecord(json: Buffer): boolean {
  // Bounds the work on a file stuffed with near misses; past it, parsing is cheaper than looking further.
  let budget = 1000 + json.length / 2048;
  for (let at = json.indexOf(LITERAL); at !== -1; at = json.indexOf(LITERAL, at + LITERAL.length)) {
    if (mayBeEventSource(json, at) || --budget < 0) return true;
  }
  for (let at = json.indexOf(ESCAPE); at !== -1; at = json.indexOf(ESCAPE, at + ESCAPE.length)) {
    const digits = json.toString('latin1', at + ESCAPE.length, at + ESCAPE.length + 2).toLowerCase();
    if (ESCAPED_CHARACTERS.has(digits) || --budget < 0) return true;
  }
  return false;
}

/** Whether the literal at `at` is a whole string and the value of a key that may decode to `eventSource`. */
function mayBeEventSource(json: Buffer, at: number): boolean {
  if (json[at - 1] !== QUOTE || json[at + LITERAL.length] !== QUOTE) return false;
  const colon = lastBefore(json, at - 1);
  if (json[colon] !== COLON) return false;
  const end = lastBefore(json, colon);
  if (json[end] !== QUOTE) return false;
  const key = json.toString('latin1', Math.max(0, end - KEY_WINDOW), end);
  return key.endsWith('"eventSource') || key.includes('\\');
}

/** Index of the last byte before `at` that is not JSON whitespace. */
function lastBefore(json: Buffer, at: number): number {
  let index = at - 1;
  while (json[index] === 0x20 || json[index] === 0x0a || json[index] === 0x0d || json[index] === 0x09) index--;
  return index;
}
