/*
 * JSON as people and tools write it into a policy: with white space that JSON does not know, and with a member written
 * twice in one object, of which a parser keeps the first or the last.
 */

/** A text within JSON, to the end where it never closes: so nothing is looked through twice. Or one token beside it. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*\\?(?:"|$)/.source;
const TOKENS = new RegExp(`${TEXT}|[{}[\\]:,]|[^\\s{}[\\]:,"]+`, 'gs');
const TEXTS_AND_SPACES = new RegExp(`${TEXT}|[\\s\\uFEFF]+`, 'gs');

/** The value of a JSON text, or `undefined` with what is wrong with it. */
export function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  const strict = tryParse(text);
  if ('value' in strict) return strict;
  const lenient = tryParse(withPlainSpaces(text));
  return 'value' in lenient ? lenient : strict;
}

function tryParse(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { error: error.message };
  }
}

/** The same text with white space as JSON has it: plain spaces between the tokens, escapes for line breaks within texts. */
const withPlainSpaces = (text: string): string =>
  text.replace(TEXTS_AND_SPACES, (token) => (token.startsWith('"') ? token.replace(CONTROL, escaped) : ' '));

const CONTROL = /\p{Cc}/gu;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value that JSON may stand for. */
export interface JsonReading {
  readonly value: unknown;
  /** It is nested more deeply than any policy. */
  readonly isDeep: boolean;
}

/**
 * The values that JSON may stand for: two where an object has a member twice, in whatever letter cases, as a reader may
 * keep the first or the last.
 *
 * @param json the text that `value` was parsed from. @default - there is none
 */
export function readingsOf(value: unknown, json?: string): readonly JsonReading[] {
  const { written, different, isDeep } = surveyOf(value);
  const isPlain = json === undefined ? written === different : hasNames(json, different);
  if (isPlain || (json === undefined && isDeep)) return [{ value, isDeep }];
  const text = json === undefined ? (JSON.stringify(value) ?? '') : withPlainSpaces(json);
  return (['last', 'first'] as const).map((which) => ({ value: keeping(which, text), isDeep }));
}

/** A policy nests a handful of levels. */
const DEEPEST = 100;

/** Whether so many member names are written in a text of JSON, which has no fewer. */
function hasNames(json: string, count: number): boolean {
  // Where every name stands right before its colon, looking for that finds no fewer than there are.
  const mayMiss = json.includes('\\') || /"\s+:/.test(json);
  return (!mayMiss && occurrencesOf('":', json) === count) || namesIn(json) === count;
}

function occurrencesOf(part: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}

function namesIn(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(NAMES)) if (colon !== undefined) names += 1;
  return names;
}

const NAMES = new RegExp(`${TEXT}(\\s*:)?`, 'gs');

/**
 * How many members a value has, at any depth, how many of them differ by more than letter case, and whether it is nested
 * deeply. Text may nest deeper than a function can call itself.
 */
function surveyOf(value: unknown) {
  let [written, different, deepest] = [0, 0, 0];
  const open: unknown[] = [value];
  const depths = [1];
  while (open.length > 0) {
    const [next, depth = 1] = [open.pop(), depths.pop()];
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) {
      const names = Object.keys(next);
      written += names.length;
      different += names.length < 2 ? names.length : new Set(names.map((name) => name.toLowerCase())).size;
    }
    for (const member of Array.isArray(next) ? (next as readonly unknown[]) : Object.values(next)) {
      deepest = Math.max(deepest, depth);
      if (typeof member !== 'object' || member === null) continue;
      open.push(member);
      depths.push(depth + 1);
    }
  }
  return { written, different, isDeep: deepest > DEEPEST };
}

/** One list or object that is being read. */
interface Open {
  readonly items: unknown[];
  /** By name in lower case. */
  readonly members: Map<string, readonly [name: string, value: unknown]>;
  readonly isList: boolean;
  /** The name whose value comes next. */
  name?: string;
}

/** The value of a valid JSON text, with the first or the last of members that are written twice. */
function keeping(which: 'first' | 'last', json: string): unknown {
  const open: Open[] = [newOpen(true)];
  for (const [token] of json.matchAll(TOKENS)) {
    const within = open.at(-1);
    if (within === undefined) break;
    if (token === '{' || token === '[') open.push(newOpen(token === '['));
    else if (token === '}' || token === ']') {
      open.pop();
      add(open.at(-1), valueOf(within), which);
    } else if (token === ':' || token === ',') continue;
    else if (!within.isList && within.name === undefined) within.name = JSON.parse(token) as string;
    else add(within, JSON.parse(token), which);
  }
  return open[0]?.items[0];
}

const newOpen = (isList: boolean): Open => ({ items: [], members: new Map(), isList });

const valueOf = ({ isList, items, members }: Open): unknown => (isList ? items : Object.fromEntries(members.values()));

function add(within: Open | undefined, value: unknown, which: 'first' | 'last'): void {
  if (within === undefined) return;
  const { name } = within;
  if (name === undefined) {
    within.items.push(value);
    return;
  }
  delete within.name;
  const folded = name.toLowerCase();
  if (which === 'last' || !within.members.has(folded)) within.members.set(folded, [name, value]);
}
