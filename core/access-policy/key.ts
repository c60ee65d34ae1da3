import { readArn } from '../base/arn';
import { hasVariable, hasWildcard, matchesWildcard } from '../base/iam-wildcard';
import type { ConditionTest } from './condition';
import { NOBODY, unite, type Requesters } from './requesters';
import type { Trusted } from './trusted';

/**
 * A condition key: whose requests have it, and whom its values stand for. IAM's documentation tells of each key in which
 * requests it is ("Availability").
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export interface ConditionKey {
  /** Those whose requests may have the key, at most. */
  readonly having: Requesters;
  /** Those whose requests may lack it, at most. */
  readonly lacking: Requesters;
  /** @default - nothing can be told from its values */
  readonly compare?: Compare;
  /**
   * How the key is read where it is not one that requests to a domain have, as a clause that follows it. A Deny that rests
   * on such a key protects nobody.
   */
  readonly readAs?: string;
}

/** Those whose key has one of the test's values, at most, and those whose key has none of them; `undefined` where the operator does not suit the key. */
export type Compare = (test: ConditionTest, context: KeyContext) => Compared | undefined;

interface Compared {
  readonly within: Requesters;
  readonly outside: Requesters;
}

/** What the reading of keys depends on. */
export interface KeyContext {
  readonly trusted: Trusted;
  /** The ARNs of principals by their unique ids, where the record tells them. */
  readonly arnsOfIds: ReadonlyMap<string, string>;
  /** A unique id that does not tell its account counts as one of the own account. */
  readonly assumesOwnIds: boolean;
  /** `unknown` is read as the wider of the two. */
  readonly endpoint: 'public' | 'vpc' | 'unknown';
}

/** Requesters by the distance of what a value names: the own account's, one that is foreign, or any. */
export interface ByDistance {
  readonly own: Requesters;
  readonly foreign: Requesters;
  readonly any: Requesters;
}

/** Whom one value stands for, at most. */
type OfValue = (value: string, test: ConditionTest, context: KeyContext) => Requesters;

/** A key that is compared as text or as an ARN, each of whose values stands for some requesters. */
export function ofEach(having: Requesters, ofValue: OfValue): Compare {
  return (test, context) => {
    if (!['text', 'pattern', 'arn'].includes(test.compares)) return undefined;
    const spelled = test.foldsCase ? test.values.map((value) => value.toLowerCase()) : test.values;
    return {
      within: spelled.map((value) => ofValue(value, test, context)).reduce(unite, NOBODY),
      outside: test.compares === 'pattern' && spelled.includes('*') ? NOBODY : having,
    };
  };
}

/** A key that is true or false. */
export function ofTruth(whereTrue: Requesters, whereFalse: Requesters): Compare {
  return (test) => {
    if (!['truth', 'text', 'pattern'].includes(test.compares)) return undefined;
    const mayBe = (truth: string): boolean => test.values.some((value) => mayEqual(test, value, truth));
    const isSurely = (truth: string): boolean => test.values.some((value) => spelledLike(test, value) === truth);
    return {
      within: unite(mayBe('true') ? whereTrue : NOBODY, mayBe('false') ? whereFalse : NOBODY),
      outside: unite(isSurely('true') ? NOBODY : whereTrue, isSurely('false') ? NOBODY : whereFalse),
    };
  };
}

const spelledLike = ({ foldsCase }: ConditionTest, value: string): string => (foldsCase ? value.toLowerCase() : value);

/** What `Bool` makes of a value that is neither is not known. */
function mayEqual(test: ConditionTest, value: string, truth: string): boolean {
  const spelled = spelledLike(test, value);
  if (test.compares === 'truth') return spelled === truth || !/^(true|false)$/.test(spelled);
  return hasVariable(value) || matchesWildcard(spelled, truth);
}

/**
 * Whether a text is one fixed value. One that holds a wildcard or a variable is none under any operator, as Amazon S3
 * has it too.
 */
export const isFixed = (text: string): boolean => text !== '' && !hasWildcard(text) && !hasVariable(text);

/** A fixed value that is not of the kind expected, a typing error perhaps, stands for one stranger at most. */
const ofStrange = (text: string, { foreign, any }: ByDistance): Requesters => (isFixed(text) ? foreign : any);

/** An account id. */
export const ofAccount =
  (distances: ByDistance): OfValue =>
  (value, _, { trusted }) =>
    trusted.accounts.has(value) ? distances.own : ofStrange(value, distances);

/** An organization id, or an organization path `o-…/r-…/ou-…/*`, of which only the organization must be fixed. */
export const ofOrganization =
  (distances: ByDistance): OfValue =>
  (value, _, { trusted }) => {
    const [id = ''] = value.split('/');
    return trusted.organizations.has(id) ? distances.own : ofStrange(id, distances);
  };

/** A VPC id or a VPC endpoint id. */
export const ofNetwork =
  (distances: ByDistance): OfValue =>
  (value, _, { trusted }) =>
    trusted.networks.has(value) ? distances.own : ofStrange(value, distances);

/**
 * An ARN is judged by its account. Compared as text, a wildcard before the account also matches colons, and the path of
 * a stranger's role may spell the rest of the pattern: then the account is not fixed.
 */
export const ofArn =
  (distances: ByDistance): OfValue =>
  (value, test, context) => {
    const arn = readArn(value);
    if (arn === undefined) return ofStrange(value, distances);
    const head = [arn.partition, arn.service, arn.region].join(':');
    if (hasVariable(head) || (test.compares !== 'arn' && hasWildcard(head))) return distances.any;
    // An S3 bucket's ARN has no account, but there is only one such bucket.
    if (arn.accountId === '') return ofStrange(value, distances);
    return ofAccount(distances)(arn.accountId, test, context);
  };
