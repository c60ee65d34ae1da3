import { gunzipSync } from 'node:zlib';
import { isObject, textOf } from '../base/members';

/** A CloudTrail record, as it was saved; nothing of it is checked but that it says which service it is about. */
export type SavedRecord = { readonly [field: string]: unknown };

/** What was found in a value: records, and what stands in a list of them without being one. */
export interface Found {
  readonly records: readonly SavedRecord[];
  readonly others: readonly unknown[];
}

/** Wrapped as deep as this, and no deeper: a hit of a search in a message of a queue in a log event, say. */
const DEEPEST = 8;

const NOTHING: Found = { records: [], others: [] };

/**
 * The records in a value, whatever is wrapped around them: objects, lists and texts of JSON are looked into, records are
 * not. So `Events[].CloudTrailEvent` of lookup-events is found as well as `detail` of an event, `message` of a log
 * event, `eventJson` of a row and `_source` of a hit, under whatever name a query gave it.
 */
export const recordsWithin = (value: unknown): Found => within(value, 0, false);

/**
 * A record says which service was called, as CloudTrail spells it; messages of S3 and of queues have such a member too. One
 * with nothing beside is a cell of a table.
 */
export function isRecord(value: unknown): value is SavedRecord {
  if (!isObject(value)) return false;
  const source = textOf(value['eventSource']);
  if (source === undefined || source.startsWith('aws:') || Object.keys(value).length === 1) return false;
  return textOf(value['eventName']) !== undefined || source.endsWith('.amazonaws.com');
}

/** Whether it could have been a record, or could have held one. */
export function mayHoldRecord(value: unknown): boolean {
  return typeof value === 'string'
    ? looksLikeJson(value) || value.startsWith(GZIP_IN_BASE64)
    : typeof value === 'object' && value !== null;
}

function within(value: unknown, depth: number, isItem: boolean): Found {
  if (isRecord(value)) return { records: [value], others: [] };
  if (depth > DEEPEST) return NOTHING;
  if (typeof value === 'string') return within(parsed(value), depth + 1, isItem);
  if (Array.isArray(value)) return withinList(value, depth, isItem);
  if (typeof value !== 'object' || value === null) return NOTHING;
  return together(Object.values(value).map((member) => within(member, depth + 1, false)));
}

/**
 * A list that holds a record is one of records: whatever else it holds was to be one, too. But a list in a list that holds
 * one record is a row of columns.
 */
function withinList(list: readonly unknown[], depth: number, isItem: boolean): Found {
  const found = list.map((item) => within(item, depth + 1, true));
  const holding = found.filter(({ records }) => records.length > 0).length;
  if (holding === 0 || (isItem && holding === 1)) return together(found);
  const others = list.filter((item, at) => found[at]?.records.length === 0 && mayHoldRecord(item));
  const { records, others: inside } = together(found);
  return { records, others: [...inside, ...others] };
}

function together(found: readonly Found[]): Found {
  const some = found.filter(({ records }) => records.length > 0);
  if (some.length <= 1) return some[0] ?? NOTHING;
  return { records: some.flatMap(({ records }) => records), others: some.flatMap(({ others }) => others) };
}

const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** How gzip data begins in base64: what CloudWatch Logs sends to functions and streams. */
const GZIP_IN_BASE64 = 'H4sI';

/** More than CloudWatch Logs ever sends at once. */
const MOST_INFLATED = 64 * 1024 * 1024;

function parsed(text: string): unknown {
  try {
    if (looksLikeJson(text) || text.startsWith('"')) return JSON.parse(text);
    if (!text.startsWith(GZIP_IN_BASE64)) return undefined;
    return JSON.parse(gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_INFLATED }).toString('utf8'));
  } catch {
    // A text that only looks like one is told as what it is where it stands among records.
    return undefined;
  }
}
