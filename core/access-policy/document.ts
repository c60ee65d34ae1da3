import { isObject } from '../base/members';
import { readMembers } from './elements';

/** The statements of a policy document, each still to be read. */
export interface Document {
  readonly statements: readonly unknown[];
  /** What stands in the document and is not in `statements`, each as a clause. */
  readonly unreadable: readonly string[];
}

/** The service takes no longer policy. One that it took all the same is judged, as far as a record can hold one. */
const LONGEST_POLICY = 102_400;
const LONGEST_JUDGED = 10 * LONGEST_POLICY;

/** Reads a policy: a text of JSON, or the same parsed. */
export function readDocument(policy: unknown): Document {
  if (typeof policy !== 'string') return toDocument(policy);
  const tooLong =
    policy.length > LONGEST_POLICY
      ? [`the policy has ${policy.length} characters, and the service takes ${LONGEST_POLICY} at most`]
      : [];
  if (policy.length > LONGEST_JUDGED) return { statements: [], unreadable: tooLong };
  let parsed: unknown;
  try {
    parsed = JSON.parse(policy);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable(`the policy is not JSON: ${error.message.slice(0, 120)}`);
  }
  const read = toDocument(parsed);
  const document = { ...read, unreadable: [...tooLong, ...read.unreadable] };
  if (namesIn(policy) === membersIn(parsed)) return document;
  // The parser keeps the last of them. Which one the service keeps is not known.
  return { ...document, unreadable: [...document.unreadable, 'the policy has one member twice in one object'] };
}

const unreadable = (reason: string): Document => ({ statements: [], unreadable: [reason] });

function toDocument(value: unknown): Document {
  const members = readMembers(value);
  if (members === undefined) return unreadable('the policy is no object');
  const [statement, ...twins] = members.get('statement') ?? [];
  if (twins.length > 0) return unreadable('the policy has Statement more than once');
  if (Array.isArray(statement)) return { statements: statement as readonly unknown[], unreadable: [] };
  return isObject(statement) ? { statements: [statement], unreadable: [] } : unreadable('the policy has no statements');
}

/** How many member names are written in a text of JSON. */
function namesIn(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/gs)) if (colon !== undefined) names += 1;
  return names;
}

/** How many members a parsed value has, at any depth. Text may nest deeper than a function can call itself. */
function membersIn(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next) as readonly unknown[];
    if (!Array.isArray(next)) members += inner.length;
    for (const member of inner) open.push(member);
  }
  return members;
}
