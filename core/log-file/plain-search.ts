import { EVENT_SOURCES } from '../base/event-source';
import type { OtherCalls } from './content';
import { DEEPEST, LONGEST_NAME, searchable, type Search, type Step, type Walk } from './search';

const SOURCE_KEY = Buffer.from('"eventSource"');
const NAME_KEY = Buffer.from('"eventName"');
const ESCAPE = Buffer.from('\\u00');

/** Two hex digits that name a letter of the two keys, in JSON's `\u00XX`. */
const KEY_LETTERS = new Set([...Buffer.from('eventSourceName')].map((byte) => byte.toString(16)));

/** What is left of a key behind an escape, ten letters at most, and what must be behind it. */
const KEY_END = /^.{2}(?:\\.{5}|[^"\\]){0,10}(?:"[ \t\r\n]*:?)?/s;

/** A key and the text that is its value, as far as that is spelled literally. */
const PAIR = /^"\w*"[ \t\r\n]*(?::[ \t\r\n]*(?:"([^"\\]*))?)?/;

/** What stands between a source and the name right behind it. */
const NEXT_NAME = '","eventName"';

/** What stands before such a name. */
const SOURCE_BEFORE = new RegExp(`(?<!\\\\)"eventSource":"[^"\\\\]{0,${LONGEST_NAME}}",$`);

/** Enough to see a pair as CloudTrail writes it; what cannot be seen in it counts as a sign. */
const LOOK = 512;

/**
 * The search in plain TypeScript: for where WebAssembly is not to be had, and to compare `simdSearch` with.
 *
 * It looks for signs, and no wanted record is without one. A JSON string decodes to a name only if it spells it
 * literally, or spells a letter of it as `\u00XX`; none of the letters has a shorter escape. So a wanted record has
 * 1. a key `eventSource` or `eventName` with an escaped letter: a sign wherever the end of a key may follow it; or
 * 2. a literal key `eventSource` with a source of the service, or with an escape, so that it may be one: a sign; or
 * 3. that key with the source of an other call, and a literal key `eventName` with its name. Where the name stands right
 *    behind the source, as CloudTrail writes it, they are judged together: a sign only if both fit. Elsewhere either
 *    alone is a sign. Where a record repeats the keys, the last of each counts. If these two do not stand together,
 *    either no name stands right behind the source, or an earlier one does, and then no source is right before the last
 *    name, as it would come after the last source.
 *
 * Bytes can be searched as they are: UTF-8 neither makes an ASCII byte out of others nor swallows one.
 */
export function plainSearch(others: OtherCalls): Search {
  const services = new Set<string>(EVENT_SOURCES);
  const namesOf = new Map(Object.entries(others).map(([source, names]) => [searchable(source), names.map(searchable)]));
  const allNames = [...namesOf.values()].flat();

  function isSourceSign(json: Buffer, at: number): boolean {
    if (isEscaped(json, at)) return false;
    const { text, isUntold, end } = valueAt(json, at);
    if (isUntold || text === undefined) return isUntold;
    const names = namesOf.get(text);
    if (services.has(text) || names === undefined) return services.has(text);
    const isTogether = json.toString('latin1', end, end + NEXT_NAME.length) === NEXT_NAME;
    return !isTogether || isNameSign(json, end + 2, names);
  }

  function isLoneNameSign(json: Buffer, at: number): boolean {
    if (isEscaped(json, at)) return false;
    const isJudged = SOURCE_BEFORE.test(json.toString('latin1', Math.max(0, at - LOOK), at));
    return !isJudged && isNameSign(json, at, allNames);
  }

  function mayHold(json: Buffer): boolean {
    return (
      isAny(json, SOURCE_KEY, isSourceSign) ||
      (allNames.length > 0 && isAny(json, NAME_KEY, isLoneNameSign)) ||
      isAny(json, ESCAPE, isLetterSign)
    );
  }

  function wantedWalk(): Walk {
    const walk = startWalk();
    return (piece, take) =>
      walk(piece, (start, end, isDeep) => {
        // What began in an earlier piece is not at hand.
        if (start < 0 || mayHold(piece.subarray(start, end))) take(start, end, isDeep);
      });
  }

  return { others, mayHold, walk: (elements) => (elements === 'all' ? startWalk() : wantedWalk()) };
}

function isAny(json: Buffer, needle: Buffer, isSign: (json: Buffer, at: number) => boolean): boolean {
  for (let at = json.indexOf(needle); at !== -1; at = json.indexOf(needle, at + needle.length)) {
    if (isSign(json, at)) return true;
  }
  return false;
}

/** A name as recorded may have an API version behind it. */
function isNameSign(json: Buffer, at: number, names: readonly string[]): boolean {
  const { text, isUntold } = valueAt(json, at);
  return isUntold || (text !== undefined && names.some((name) => text.startsWith(name)));
}

function isLetterSign(json: Buffer, at: number): boolean {
  const ahead = json.toString('latin1', at + ESCAPE.length, at + LOOK);
  if (ahead.length < 2) return true;
  if (!KEY_LETTERS.has(ahead.slice(0, 2).toLowerCase())) return false;
  const [end = ''] = KEY_END.exec(ahead) ?? [];
  return end.length === ahead.length || end.endsWith(':');
}

/** A quote behind a backslash begins no key. */
const isEscaped = (json: Buffer, at: number): boolean => json[at - 1] === BACKSLASH;

interface Value {
  /** `undefined` where the value is no text. */
  readonly text: string | undefined;
  /** It may be anything: it has an escape, or goes on beyond what is looked at. */
  readonly isUntold: boolean;
  /** Where its closing quote is. */
  readonly end: number;
}

/** The value of the key that begins at `at`. */
function valueAt(json: Buffer, at: number): Value {
  const ahead = json.toString('latin1', at, at + LOOK);
  const [pair = '', text] = PAIR.exec(ahead) ?? [];
  const isUntold = pair.length === ahead.length || ahead[pair.length] === '\\';
  return { text, isUntold, end: at + pair.length };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** `[` and `{` differ in this bit only, as do `]` and `}`. */
const BRACE_BIT = 0x20;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

function startWalk(): Walk {
  let depth = 0;
  let start = 0;
  let isDeep = false;
  let inString = false;
  let isBehindBackslash = false;

  return (piece, take): Step => {
    for (let at = 0; at < piece.length; at++) {
      if (inString) {
        if (isBehindBackslash) at++;
        while (at < piece.length && piece[at] !== QUOTE && piece[at] !== BACKSLASH) at++;
        isBehindBackslash = piece[at] === BACKSLASH;
        inString = piece[at] !== QUOTE;
        continue;
      }
      const byte = piece[at] ?? 0;
      if (byte === QUOTE) {
        inString = true;
      } else if ((byte | BRACE_BIT) === OPENING_BRACE) {
        if (depth === 0) [start, isDeep] = [at, false];
        depth += 1;
        if (depth > DEEPEST) isDeep = true;
      } else if ((byte | BRACE_BIT) === CLOSING_BRACE) {
        if (depth === 0) return { openAt: undefined, isDeep: false, closedAt: at };
        depth -= 1;
        if (depth === 0) take(start, at + 1, isDeep);
      }
    }
    const step = { openAt: depth > 0 ? start : undefined, isDeep: depth > 0 && isDeep, closedAt: undefined };
    start -= piece.length;
    return step;
  };
}
