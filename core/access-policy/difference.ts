import { claimsOf, inOrder, type Claims } from './claims';
import { readDocuments, type Document } from './document';

/** Whether two policies say the same in whatever spelling. What cannot be read says the same only as the text it is. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  const [ours, theirs] = [documentsIn(a), documentsIn(b)];
  if (ours === undefined || theirs === undefined) return ours === theirs && JSON.stringify(a) === JSON.stringify(b);
  return ours.length === theirs.length && ours.every((document, at) => isSameDocument(document, theirs[at]));
}

/** The first statement that only one of them has ends it. */
function isSameDocument(ours: Document, theirs: Document | undefined): boolean {
  if (JSON.stringify(ours.version) !== JSON.stringify(theirs?.version)) return false;
  const wanted = new Set(theirs?.statements.map(textOf));
  const found = new Set<string>();
  for (const statement of ours.statements) {
    const text = textOf(statement);
    if (!wanted.has(text)) return false;
    found.add(text);
  }
  return found.size === wanted.size;
}

const textOf = (statement: unknown): string => JSON.stringify(canonical(statement));

const canonical = (statement: unknown): Claims => {
  const claims = claimsOf(statement);
  return { ...claims, principals: inOrder(claims.principals) };
};

/** What the policy `after` says that `before` did not, and the other way round; each a clause for people. */
export function policyDifference(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [allClaimsOf(before), allClaimsOf(after)];
  const clauses = KINDS.flatMap((kind) => [
    ...clause(`${kind} added`, without(now[kind], old[kind])),
    ...clause(kind === 'conditions' ? 'conditions dropped' : `${kind} removed`, without(old[kind], now[kind])),
  ]);
  return clauses.length > 0 ? clauses : ['the same principals, actions and conditions in another combination'];
}

const KINDS = ['principals', 'actions', 'resources', 'conditions'] as const;

type Kind = (typeof KINDS)[number];

const clause = (what: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${what}: ${listed(values)}`];

/** How many of what was added or removed are told. */
const MOST_TOLD = 10;

const listed = (values: readonly string[]): string =>
  `${values.slice(0, MOST_TOLD).join(', ')}${values.length > MOST_TOLD ? ` and ${values.length - MOST_TOLD} more` : ''}`;

const without = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((value) => !b.has(value));

/** A policy as sets of claims that can be compared: spelling, order and statement ids do not matter. */
function allClaimsOf(policy: unknown): Readonly<Record<Kind, ReadonlySet<string>>> {
  const all: Record<Kind, Set<string>> = {
    principals: new Set(),
    actions: new Set(),
    resources: new Set(),
    conditions: new Set(),
  };
  for (const statement of (documentsIn(policy) ?? []).flatMap((document) => document.statements)) {
    const claims = claimsOf(statement);
    const effect = claims.effect === 'allow' ? '' : ` (${claims.effect})`;
    for (const kind of KINDS) for (const claim of claims[kind]) all[kind].add(claim + effect);
  }
  return all;
}

/** `undefined` for what cannot be read, or is nested too deeply to be a policy: it is compared as the text it is. */
function documentsIn(policy: unknown): readonly Document[] | undefined {
  const documents = readDocuments(policy);
  return documents.every(({ unreadable, isDeep }) => unreadable === undefined && isDeep !== true)
    ? documents
    : undefined;
}
