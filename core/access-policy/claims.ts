import { isObject } from '../base/members';
import { once } from '../base/once';
import { itemsOf, readMembers, type Members } from './elements';

/** What a statement says, in texts that two statements share exactly if they say the same in whatever spelling. */
export interface Claims {
  readonly effect: string;
  /** In their order, each once. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

export const claimsOf = (statement: unknown): Claims =>
  typeof statement === 'object' && statement !== null ? claimsOfObject(statement) : claimsIn(statement);

const claimsOfObject = once(claimsIn);

function claimsIn(statement: unknown): Claims {
  const members = readMembers(statement) ?? new Map<string, unknown>();
  return {
    effect: textOf(members.get('effect') ?? '').toLowerCase(),
    principals: [
      ...new Set([...principalsOf(members.get('principal'), ''), ...principalsOf(members.get('notprincipal'), 'not ')]),
    ],
    actions: inOrder(selected(members, 'action').map((action) => action.toLowerCase())),
    resources: inOrder(selected(members, 'resource')),
    conditions: inOrder(conditionsOf(members.get('condition'))),
  };
}

/** What a member and the one that inverts it select; what neither selects is told as the JSON it is. */
function selected(members: Members, name: string): readonly string[] {
  const spared = wordsOf(members.get(`not${name}`));
  const named = wordsOf(members.get(name));
  return spared.length === 0 ? named : [...named, ...spared.map((word) => `not ${word}`)];
}

function wordsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' ? [wordOf(value)] : itemsOf(value).map(wordOf);
}

/** The service rewrites an account id to the ARN of its root: both are the account. */
const ROOT_OF_ACCOUNT = /^arn:[^:]+:iam::(\d{12}):root$/;

function principalsOf(principal: unknown, prefix: string): readonly string[] {
  if (principal === undefined || principal === null) return [];
  const kinds = readMembers(principal);
  if (kinds === undefined) return itemsOf(principal).map((item) => prefix + wordOf(item));
  return [...kinds].flatMap(([kind, value]) =>
    itemsOf(value).map((item) => {
      const name = wordOf(item).replace(ROOT_OF_ACCOUNT, '$1');
      return prefix + (kind === 'aws' ? name : `${kind} ${name}`);
    }),
  );
}

function conditionsOf(condition: unknown): readonly string[] {
  if (!isObject(condition)) return condition === undefined || condition === null ? [] : [textOf(condition)];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => `${operator} ${key.toLowerCase()} ${valuesOf(values)}`)
      : [`${operator} ${textOf(keys)}`],
  );
}

/** No values and an empty one are two things, of which the first matches nothing. */
function valuesOf(values: unknown): string {
  const list = itemsOf(values);
  return list.length === 0 ? '(nothing)' : inOrder(list.map(wordOf)).join(' or ');
}

const textOf = (item: unknown): string => (typeof item === 'string' ? item : (JSON.stringify(item) ?? ''));

/** Quoted where it holds a space, so that two values are never read as one, nor one as two. */
const wordOf = (item: unknown): string => {
  const text = textOf(item);
  return text === '' || /\s/.test(text) ? JSON.stringify(text) : text;
};

export const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : [...new Set(texts)].toSorted();
