import { isDeeperThan, isObject, listOf, memberOf } from '../base/members';

/** An access policy as a set of claims that can be compared: spelling, order and statement ids do not matter. */
interface Claims {
  readonly principals: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
}

/** A text that two policies share exactly if they say the same in whatever spelling. */
export function canonicalPolicy(policy: unknown): string {
  const document = documentOf(policy);
  if (!isObject(document)) return JSON.stringify(policy) ?? '';
  const statements = listOf(memberOf(document, 'statement')).map((statement) =>
    JSON.stringify(canonicalStatement(statement)),
  );
  return JSON.stringify([memberOf(document, 'version'), inOrder(statements)]);
}

/** What the policy `after` says that `before` did not, and the other way round; each a clause for people. */
export function policyDifference(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [claimsOf(before), claimsOf(after)];
  const kinds = ['principals', 'actions', 'resources', 'conditions'] as const;
  const clauses = kinds.flatMap((kind) => [
    ...clause(`${kind} added`, without(now[kind], old[kind])),
    ...clause(kind === 'conditions' ? 'conditions dropped' : `${kind} removed`, without(old[kind], now[kind])),
  ]);
  return clauses.length > 0 ? clauses : ['the same principals, actions and conditions in another combination'];
}

function clause(what: string, values: readonly string[]): readonly string[] {
  return values.length === 0
    ? []
    : [`${what}: ${values.slice(0, 10).join(', ')}${values.length > 10 ? ` and ${values.length - 10} more` : ''}`];
}

const without = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
  [...a].filter((value) => !b.has(value));

function claimsOf(policy: unknown): Claims {
  const document = documentOf(policy);
  const statements = listOf(memberOf(document, 'statement')).map(canonicalStatement);
  const all = (kind: 'principals' | 'actions' | 'resources' | 'conditions') =>
    new Set(
      statements.flatMap((statement) =>
        statement[kind].map((claim) => (statement.effect === 'allow' ? claim : `${claim} (${statement.effect})`)),
      ),
    );
  return {
    principals: all('principals'),
    actions: all('actions'),
    resources: all('resources'),
    conditions: all('conditions'),
  };
}

function canonicalStatement(statement: unknown) {
  const texts = (name: string, spell: (text: string) => string = String): readonly string[] => [
    ...listOf(memberOf(statement, name)).map((item) => spell(wordOf(item))),
    ...listOf(memberOf(statement, `not${name}`)).map((item) => `not ${spell(wordOf(item))}`),
  ];
  return {
    effect: textOfItem(memberOf(statement, 'effect')).toLowerCase(),
    principals: inOrder([
      ...principalsOf(memberOf(statement, 'principal'), ''),
      ...principalsOf(memberOf(statement, 'notprincipal'), 'not '),
    ]),
    actions: inOrder(texts('action', (action) => action.toLowerCase())),
    resources: inOrder(texts('resource')),
    conditions: inOrder(conditionsOf(memberOf(statement, 'condition'))),
  };
}

/** The service rewrites an account id to the ARN of its root: both are the account. */
const ROOT_OF_ACCOUNT = /^arn:[^:]+:iam::(\d{12}):root$/;

function principalsOf(principal: unknown, prefix: string): readonly string[] {
  if (principal === undefined) return [];
  if (!isObject(principal)) return listOf(principal).map((item) => prefix + wordOf(item));
  return Object.entries(principal).flatMap(([kind, value]) =>
    listOf(value).map((item) => {
      const name = wordOf(item).replace(ROOT_OF_ACCOUNT, '$1');
      return prefix + (/^aws$/i.test(kind) ? name : `${kind} ${name}`);
    }),
  );
}

function conditionsOf(condition: unknown): readonly string[] {
  if (!isObject(condition)) return condition === undefined ? [] : [textOfItem(condition)];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => `${operator} ${key.toLowerCase()} ${valuesOf(values)}`)
      : [`${operator} ${textOfItem(keys)}`],
  );
}

/** No values and an empty one are two things, of which the first matches nothing. */
function valuesOf(values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  return list.length === 0 ? '(nothing)' : inOrder(list.map(wordOf)).join(' or ');
}

/** `undefined` for what is nested too deeply to be a policy: it is compared as the text it is. */
function documentOf(policy: unknown): unknown {
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  return isDeeperThan(DEEPEST, document) ? undefined : document;
}

const DEEPEST = 100;

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy) as unknown;
  } catch {
    // Told as unreadable by the rules; here it is compared as the text it is.
    return undefined;
  }
}

const textOfItem = (item: unknown): string => (typeof item === 'string' ? item : (JSON.stringify(item) ?? ''));

/** Quoted where it holds a space, so that two values are never read as one, nor one as two. */
const wordOf = (item: unknown): string => {
  const text = textOfItem(item);
  return text === '' || /\s/.test(text) ? JSON.stringify(text) : text;
};

const inOrder = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
