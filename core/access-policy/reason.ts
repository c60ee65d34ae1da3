import { firstOf, MOST_TOLD } from '../base/plain-text';
import type { ConditionTest } from './condition';
import { whoMeets } from './condition-key';
import { compareExposure, type Exposure } from './exposure';
import { isUniqueId } from './principal';
import { EVERYONE, exposureOf } from './reach';
import type { Statement } from './statement';
import type { Trusted } from './trusted';

/** What a reason is made of. */
export interface Occasion {
  readonly statement: Statement;
  /** The principals it is about. */
  readonly names: readonly string[];
  readonly exposure: Exposure;
  /** Those that matter first. */
  readonly actions: readonly string[];
  readonly trusted: Trusted;
  /** The statements whose Deny narrows the grant, by position. */
  readonly narrowedBy: readonly number[];
  /** The statements without which the grant would be milder, by position. */
  readonly togetherWith: readonly number[];
  /** Every resource is in another domain. */
  readonly isElsewhere: boolean;
}

/** One clause: "statement 1 allows es:* to everyone and no condition limits it". Quotes text written by strangers. */
export function reasonOf(occasion: Occasion): string {
  const { statement, actions } = occasion;
  const allows = `statement ${statement.position} allows ${firstOf(actions)} to ${whomOf(occasion)}`;
  return `${allows}${limitOf(occasion)}${narrowingOf(occasion)}${unionOf(occasion)}${idOf(occasion)}${resourceOf(occasion)}`;
}

function whomOf({ names }: Occasion): string {
  return names.some((name) => /^\*+$/.test(name)) ? 'everyone' : firstOf(names);
}

function limitOf({ statement: { tests }, exposure, trusted, narrowedBy, togetherWith }: Occasion): string {
  if (tests.length === 0) return narrowedBy.length === 0 ? ' and no condition limits it' : '';
  const more = tests.length > MOST_TOLD ? ` and ${tests.length - MOST_TOLD} more` : '';
  const isUnlimited = (exposure === 'public' || exposure === 'any-account') && togetherWith.length === 0;
  const limiting = tests.filter((test) => whoMeets(test, trusted) !== EVERYONE);
  const told = [...limiting, ...tests.filter((test) => !limiting.includes(test))].slice(0, MOST_TOLD);
  const conditions = told.map((test) => describeTest(test, trusted, isUnlimited)).join(' and ') + more;
  if (isUnlimited && limiting.length === tests.length && tests.every(isRange)) {
    return ` where ${conditions}, which is too many addresses to be a limit`;
  }
  return isUnlimited ? ` and no condition limits who: ${conditions}` : ` where ${conditions}`;
}

const isRange = ({ compares, isNegated, holdsWithoutKey }: ConditionTest): boolean =>
  compares === 'address' && !isNegated && !holdsWithoutKey;

const narrowingOf = ({ narrowedBy }: Occasion): string =>
  narrowedBy.length > 0
    ? `, as far as ${statementsOf(narrowedBy)} ${narrowedBy.length > 1 ? 'do' : 'does'} not deny it`
    : '';

const unionOf = ({ togetherWith }: Occasion): string =>
  togetherWith.length > 0
    ? `, which together with ${statementsOf(togetherWith)} is too many addresses to be a limit`
    : '';

function idOf({ exposure, names }: Occasion): string {
  const hasId = exposure === 'cross-account' && names.some(isUniqueId);
  return hasId ? ', and a unique id does not tell its account' : '';
}

const resourceOf = ({ isElsewhere }: Occasion): string =>
  isElsewhere ? ', though on what is in another domain, by the ARN it gives' : '';

const statementsOf = (positions: readonly number[]): string =>
  positions.length === 1 ? `statement ${positions[0]}` : `statements ${firstOf(positions.map(String))}`;

function describeTest(test: ConditionTest, trusted: Trusted, tellsOperator: boolean): string {
  const { operator, key, isNegated } = test;
  const how = PLAIN.has(operator.toLowerCase()) && !tellsOperator ? '' : ` (${firstOf([operator])})`;
  const values = worstFirst(test, trusted).map((value) => (value === '' ? '""' : value));
  const what = presenceOf(test) ?? `${isNegated ? 'not ' : ''}${firstOf(values)}`;
  return `${firstOf([key])} is ${what}${how}`;
}

/** `Null` asks for the key itself: `true` where it must be absent. */
function presenceOf({ operator, values: [value, ...others] }: ConditionTest): string | undefined {
  if (operator.toLowerCase() !== 'null' || others.length > 0) return undefined;
  return value === 'true' ? 'absent' : value === 'false' ? 'present' : undefined;
}

/** The values of a test, those that let in the farthest first. */
function worstFirst(test: ConditionTest, trusted: Trusted): readonly string[] {
  if (test.values.length <= MOST_TOLD || test.isNegated) return test.values;
  return test.values
    .map((value) => ({
      value,
      exposure: exposureOf(whoMeets({ ...test, values: [value] }, trusted), trusted.addresses),
    }))
    .toSorted((a, b) => compareExposure(a.exposure, b.exposure))
    .map(({ value }) => value);
}

/** Operators that go without saying. */
const PLAIN: ReadonlySet<string> = new Set(['ipaddress', 'notipaddress', 'stringequals', 'stringnotequals', 'bool']);
