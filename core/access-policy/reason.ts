import { firstOf, MOST_TOLD } from '../base/plain-text';
import type { ConditionTest } from './condition';
import { readingOfKey, whoMeets } from './condition-key';
import { compareExposure, exposureOf, type Exposure } from './exposure';
import type { KeyContext } from './key';
import { isUniqueId } from './principal';
import { EVERYONE } from './requesters';
import type { Met } from './remainder';
import type { Statement } from './statement';

/** What the reason of a grant is made of. */
interface ReasonParts {
  readonly statement: Statement;
  /** Its conditions, with who meets each. */
  readonly met: readonly Met[];
  /** The principals it is about. */
  readonly names: readonly string[];
  readonly exposure: Exposure;
  /** Those that matter first. */
  readonly actions: readonly string[];
  readonly keys: KeyContext;
  /** The statements whose Deny narrows the grant, by position, in one list or several. */
  readonly deniedBy: readonly (readonly number[])[];
  /** The statements, this one among them, without which the grant would be milder, by position. */
  readonly togetherWith: readonly number[];
  /** Every resource is in another domain. */
  readonly isElsewhere: boolean;
  /** Only AWS services get in, which call as themselves. */
  readonly isOfServices: boolean;
  /** Why Deny statements of the policy are not counted, each as a clause. */
  readonly notCounted: readonly string[];
}

/** One clause: "statement 1 allows es:* to everyone and no condition limits it". Quotes text written by strangers. */
export function reasonOf(parts: ReasonParts): string {
  const { statement, actions } = parts;
  return [
    `statement ${statement.position} allows ${firstOf(actions)} to ${whomOf(parts)}`,
    limitOf(parts),
    denialOf(parts),
    additionOf(parts),
    signingOf(parts),
    idOf(parts),
    resourceOf(parts),
    notCountedOf(parts),
  ].join('');
}

const namesEveryone = (names: readonly string[]): boolean => names.some((name) => /^\*+$/.test(name));

/** Principals as written, with the ARNs that the record tells of ids. */
function whomOf({ names, keys }: ReasonParts): string {
  if (namesEveryone(names)) return 'everyone';
  const told = names.slice(0, MOST_TOLD).map((name) => {
    const arn = keys.arnsOfIds.get(name);
    return arn === undefined ? name : `${name} (${arn})`;
  });
  return firstOf([...told, ...names.slice(MOST_TOLD)], ', ', 120);
}

function limitOf({ statement: { tests }, met, exposure, keys, deniedBy, togetherWith }: ReasonParts): string {
  if (tests.length === 0) return deniedBy.length === 0 ? ' and no condition limits it' : '';
  const more = tests.length > MOST_TOLD ? ` and ${tests.length - MOST_TOLD} more` : '';
  const limiting = met.filter(({ meets }) => meets !== EVERYONE).map(({ test }) => test);
  const others = met.filter(({ meets }) => meets === EVERYONE).map(({ test }) => test);
  const isOpen = exposure === 'public' || (exposure === 'any-account' && limiting.every(isRange));
  const isUnlimited = isOpen && togetherWith.length === 0;
  const told = [...limiting.slice(0, MOST_TOLD), ...others.slice(0, MOST_TOLD)].slice(0, MOST_TOLD);
  const conditions = told.map((test) => describeTest(test, keys, isUnlimited)).join(' and ') + more;
  if (isUnlimited && limiting.length === tests.length && tests.every(isRange)) {
    return ` where ${conditions}, which is too many addresses to be a limit`;
  }
  return isUnlimited ? ` and no condition limits who: ${conditions}` : ` where ${conditions}`;
}

const isRange = ({ compares, isNegated, holdsWithoutKey }: ConditionTest): boolean =>
  compares === 'address' && !isNegated && !holdsWithoutKey;

function denialOf({ deniedBy }: ReasonParts): string {
  const { told, count } = firstPositions(deniedBy);
  return count > 0 ? `, as far as ${statementsOf(told, count)} ${count > 1 ? 'do' : 'does'} not deny it` : '';
}

function additionOf({ togetherWith, statement }: ReasonParts): string {
  if (togetherWith.length < 2) return '';
  const others = togetherWith.slice(0, MOST_TOLD + 1).filter((position) => position !== statement.position);
  const told = statementsOf(others.slice(0, MOST_TOLD), togetherWith.length - 1);
  return `, which together with ${told} is too many addresses to be a limit`;
}

/** Where everyone is named and unsigned requests do not get in. */
const signingOf = ({ names, exposure, isOfServices }: ReasonParts): string =>
  exposure === 'any-account' && namesEveryone(names) && !isOfServices
    ? ', and rests on requests being signed, by whatever AWS account'
    : '';

function idOf({ exposure, names, keys }: ReasonParts): string {
  const hasId = exposure === 'cross-account' && names.some((name) => isUniqueId(name) && !keys.arnsOfIds.has(name));
  return hasId ? ', and a unique id does not tell its account' : '';
}

function resourceOf({ isElsewhere, statement }: ReasonParts): string {
  if (isElsewhere) return ', though on what is in another domain, by the ARN it gives';
  return statement.lacksResource ? '; it has no Resource, which is the whole domain' : '';
}

const notCountedOf = ({ exposure, notCounted }: ReasonParts): string =>
  notCounted.length > 0 && compareExposure(exposure, 'same-account') < 0 ? `; ${firstOf(notCounted, '; ', 200)}` : '';

/** The first few of positions, and how many there are: there may be hundreds behind each of hundreds of grants. */
function firstPositions(lists: readonly (readonly number[])[]) {
  const first = lists.flatMap((list) => list.slice(0, MOST_TOLD)).toSorted((a, b) => a - b);
  return { told: first.slice(0, MOST_TOLD), count: lists.reduce((sum, list) => sum + list.length, 0) };
}

function statementsOf(told: readonly number[], count: number): string {
  const more = count > told.length ? ` and ${count - told.length} more` : '';
  return count === 1 ? `statement ${told[0]}` : `statements ${told.join(', ')}${more}`;
}

/** One condition in words: "aws:SourceIp is 203.0.113.0/24", with how its key or operator is read where that is in doubt. */
export function describeTest(test: ConditionTest, keys: KeyContext, tellsOperator: boolean): string {
  const { operator, key, isNegated, compares } = test;
  const doubt = compares === 'unknown' ? ', which is not an operator known here' : '';
  const isPlain = PLAIN.has(operator.toLowerCase()) && !tellsOperator;
  const how = isPlain ? '' : ` (${firstOf([operator])}${doubt})`;
  const values = worstFirst(test, keys).map((value) => (value === '' ? '""' : value));
  const what = presenceOf(test) ?? `${isNegated ? 'not ' : ''}${firstOf(values)}`;
  const reading = readingOfKey(test, keys);
  return `${firstOf([key])} is ${what}${how}${reading === undefined ? '' : `, ${reading}`}`;
}

/** `Null` asks for the key itself: `true` where it must be absent. */
function presenceOf({ compares, values: [value, ...others] }: ConditionTest): string | undefined {
  if (compares !== 'presence' || others.length > 0) return undefined;
  return value === 'true' ? 'absent' : value === 'false' ? 'present' : undefined;
}

/** The values of a test, those that let in the farthest first. */
function worstFirst(test: ConditionTest, keys: KeyContext): readonly string[] {
  if (test.values.length <= MOST_TOLD || test.isNegated) return test.values;
  const sorted = test.values
    .slice(0, MOST_SORTED)
    .map((value) => ({
      value,
      exposure: exposureOf(whoMeets({ ...test, values: [value] }, keys), keys.trusted.addresses),
    }))
    .toSorted((a, b) => compareExposure(a.exposure, b.exposure))
    .map(({ value }) => value);
  return [...sorted, ...test.values.slice(MOST_SORTED)];
}

/** Nobody writes as many by hand: the others are told in their order, and only how many they are. */
const MOST_SORTED = 300;

/** Operators that go without saying. */
const PLAIN: ReadonlySet<string> = new Set(['ipaddress', 'notipaddress', 'stringequals', 'stringnotequals', 'bool']);
