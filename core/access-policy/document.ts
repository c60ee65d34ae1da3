import { isObject } from '../base/members';
import { readMembers } from './elements';
import { parseJson, readingsOf, type JsonReading } from './json-text';

/** One reading of a policy document: its statements, each still to be read. */
export interface Document {
  /** As written; `undefined` where it is not. */
  readonly version?: unknown;
  readonly statements: readonly unknown[];
  /** What keeps the document from being read, as a clause; its statements are then what it may mean. @default - it is read */
  readonly unreadable?: string;
  /** It says something that is not known at all, so that it may let anyone in. @default false */
  readonly mayBeAnything?: boolean;
  /** It is nested too deeply to be a policy. @default false */
  readonly isDeep?: boolean;
}

/** The service takes no policy above 100 KB; this many times as much is more than a record holds. */
const LONGEST_JUDGED = 10 * 102_400;

/**
 * Reads a policy: a text of JSON, or the same parsed. More than one reading where a member is written twice in one object,
 * and which of them the service keeps is not known.
 */
export function readDocuments(policy: unknown): readonly Document[] {
  if (typeof policy !== 'string') return documentsIn(policy);
  const known = lastRead.get(policy);
  if (known) return known;
  const documents = documentsIn(policy);
  for (const [oldest] of lastRead) if (lastRead.size >= MOST_KEPT) lastRead.delete(oldest);
  lastRead.set(policy, documents);
  return documents;
}

/** One record has a policy judged, compared with the one before and told: so the last few texts are read once. */
const lastRead = new Map<string, readonly Document[]>();
const MOST_KEPT = 4;

function documentsIn(policy: unknown): readonly Document[] {
  if (typeof policy !== 'string') return readingsOf(policy).map(toDocument);
  if (policy.length > LONGEST_JUDGED) return [unparsed(`the policy has ${policy.length} characters`)];
  const parsed = parseJson(policy);
  if ('error' in parsed) return [unparsed(`the policy is not JSON: ${parsed.error.slice(0, 120)}`)];
  const { value } = parsed;
  if (typeof value === 'string') {
    // A tool that encodes twice writes a text of JSON within a text of JSON.
    const within = parseJson(value);
    if ('value' in within && isObject(within.value)) return readingsOf(within.value, value).map(toDocument);
  }
  return readingsOf(value, policy).map(toDocument);
}

const unparsed = (unreadable: string): Document => ({ statements: [], unreadable, mayBeAnything: true });

/** The shortest statement that grants anything has some fifty characters: as many as this fit into no record. */
const MOST_STATEMENTS = 5_000;

function toDocument({ value, isDeep }: JsonReading): Document {
  const document = asWritten(value);
  const { length } = document.statements;
  return length > MOST_STATEMENTS ? unparsed(`the policy has ${length} statements`) : { ...document, isDeep };
}

function asWritten(value: unknown): Document {
  if (Array.isArray(value)) {
    return { statements: value as readonly unknown[], unreadable: 'the policy is a list where an object belongs' };
  }
  const members = readMembers(value);
  if (members === undefined) return { statements: [], unreadable: 'the policy is no object' };
  const statement = members.get('statement');
  const version = members.get('version');
  if (Array.isArray(statement)) return { version, statements: statement as readonly unknown[] };
  if (isObject(statement)) return { version, statements: [statement] };
  return { statements: members.has('effect') ? [value] : [], unreadable: 'the policy has no statements' };
}
