import type { Test } from './condition';
import type { Exposure } from './exposure';
import { isUniqueId } from './principal';
import type { Statement } from './statement';

/** What a reason is made of. */
export interface Occasion {
  readonly statement: Statement;
  readonly exposure: Exposure;
  readonly actions: readonly string[];
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
  const allows = `statement ${statement.position} allows ${shorten(actions)} to ${whomOf(statement)}`;
  return `${allows}${limitOf(occasion)}${narrowingOf(occasion)}${unionOf(occasion)}${idOf(occasion)}${resourceOf(occasion)}`;
}

function whomOf({ principals: { names } }: Statement): string {
  return names.some((name) => /^\*+$/.test(name)) ? 'everyone' : shorten(names);
}

function limitOf({ statement: { tests }, exposure, narrowedBy, togetherWith }: Occasion): string {
  if (tests.length === 0) return narrowedBy.length === 0 ? ' and no condition limits it' : '';
  const more = tests.length > 3 ? ` and ${tests.length - 3} more` : '';
  const isUnlimited = (exposure === 'public' || exposure === 'any-account') && togetherWith.length === 0;
  const shown = tests.slice(0, 3).map((test) => describeTest(test, isUnlimited));
  const conditions = shown.join(' and ') + more;
  return isUnlimited ? ` and no condition limits who: ${conditions}` : ` where ${conditions}`;
}

const narrowingOf = ({ narrowedBy }: Occasion): string =>
  narrowedBy.length > 0
    ? `, as far as ${statementsOf(narrowedBy)} ${narrowedBy.length > 1 ? 'do' : 'does'} not deny it`
    : '';

const unionOf = ({ togetherWith }: Occasion): string =>
  togetherWith.length > 0
    ? `, which together with ${statementsOf(togetherWith)} is too many addresses to be a limit`
    : '';

function idOf({ exposure, statement: { principals } }: Occasion): string {
  const hasId = exposure === 'cross-account' && principals.names.some(isUniqueId);
  return hasId ? ', and a unique id does not tell its account' : '';
}

const resourceOf = ({ isElsewhere }: Occasion): string =>
  isElsewhere ? ', though on what is in another domain, by the ARN it gives' : '';

const statementsOf = (positions: readonly number[]): string =>
  positions.length === 1 ? `statement ${positions[0]}` : `statements ${shorten(positions.map(String))}`;

function describeTest({ operator, key, values, isNegated }: Test, tellsOperator: boolean): string {
  const how = PLAIN.has(operator.toLowerCase()) && !tellsOperator ? '' : ` (${shorten([operator])})`;
  return `${shorten([key])} is ${isNegated ? 'not ' : ''}${shorten(values)}${how}`;
}

/** Operators that go without saying. */
const PLAIN: ReadonlySet<string> = new Set(['ipaddress', 'notipaddress', 'stringequals', 'stringnotequals', 'bool']);

/** The first three, each cut to eighty characters. */
function shorten(texts: readonly string[]): string {
  const shown = texts.slice(0, 3).map((text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text));
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
