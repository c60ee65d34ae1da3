import type { Trust } from '../base/trust';
import { compareSeverity, worstOf, type Severity } from '../base/severity';
import { flagOf, memberOf, numberOf, textOf } from '../base/members';
import { toCall, type Call } from '../call';
import { configurationAfter, type Change, type Configuration, type Difference } from '../domain';
import { looksAt, type Finding } from '../findings';
import { RULES, toSituation, type Compared } from '../rules';
import { isAccessPolicies, settingAt } from './changes';
import { tellsOpening } from './opening-rules';
import { newTree, setAt } from './tree';

/** What a call changed, by whether what held before may be offered to be set back. */
export interface Restorable {
  /** What held before is no worse than what the call set. */
  readonly offered: readonly Difference[];
  /** Those of `offered` to whose earlier value no rule objects. */
  readonly sound: readonly Difference[];
  /** What held before is worse, by the rules: setting it back would undo a repair. */
  readonly worse: readonly Difference[];
  /** What held before is not known, or never kept. */
  readonly unknown: readonly Difference[];
  /** What held before cannot be had again by setting it alone. */
  readonly lasting: readonly Difference[];
}

export const NOTHING_RESTORABLE: Restorable = { offered: [], sound: [], worse: [], unknown: [], lasting: [] };

/** More than a command holds that people paste. The access policy is judged among however many. */
const MOST_JUDGED = 30;

/**
 * Judges what held before by the rules that judged the call: each value as if an update set it now, beside the value it
 * would take the place of.
 * @param findings about the call: what they say of its access policy is not judged again
 * @param trust whom the rules count as the domain's own
 */
export function restorableIn(call: Call, findings: readonly Finding[], change: Change, trust: Trust): Restorable {
  const { before } = change;
  // What was set again, as its time had run out, has nothing to be set back to.
  const differences = change.differences.filter((difference) => difference.before !== difference.after);
  if (differences.length === 0) return NOTHING_RESTORABLE;
  const after = configurationAfter(call);
  const kindOf = (difference: Difference): keyof Restorable => {
    const isJudged = differences.length <= MOST_JUDGED || isAccessPolicies(difference.path);
    if (difference.before === undefined || !isJudged) return 'unknown';
    if (whyLasting(difference) !== undefined) return 'lasting';
    const { path } = difference;
    const restored = verdictOf(call, path, difference.before, after, trust);
    const set = isAccessPolicies(path) ? policyIn(findings) : verdictOf(call, path, difference.after, before, trust);
    if (!set || !restored || !isNoWorse(restored, set)) return 'worse';
    return restored.severity === 'INFORMATIONAL' ? 'sound' : 'offered';
  };
  const kinds = differences.map((difference) => ({ difference, kind: kindOf(difference) }));
  const of = (...wanted: readonly (keyof Restorable)[]): readonly Difference[] =>
    kinds.filter(({ kind }) => wanted.includes(kind)).map(({ difference }) => difference);
  return {
    offered: of('offered', 'sound'),
    sound: of('sound'),
    worse: of('worse'),
    unknown: of('unknown'),
    lasting: of('lasting'),
  };
}

/**
 * Whether setting back what the call changed sets what a command would: all of it that the call changed.
 * @param paths of the settings of the command, in any spelling
 */
export function isSetBack(
  { sound, offered, worse, unknown, lasting }: Restorable,
  paths: readonly (readonly string[])[],
): boolean {
  const settings = new Set(paths.map(settingAt));
  const isNamed = ({ path }: Difference): boolean => settings.has(settingAt(path));
  const changed = [...offered, ...worse, ...unknown, ...lasting].filter(isNamed);
  return changed.length > 0 && changed.length === sound.filter(isNamed).length;
}

/** Why setting a value back does not bring back what held; `undefined` where it does. */
export function whyLasting({ path, before, after }: Difference): string | undefined {
  const name = settingAt(path);
  if (name === 'ipaddresstype' && textOf(before)?.toLowerCase() === 'ipv4') return 'which cannot be undone';
  if (name === 'advancedsecurityoptions.enabled' && flagOf(before) === true) return 'which takes a master user';
  const isLess = (numberOf(before) ?? Infinity) < (numberOf(after) ?? -Infinity);
  return name === 'ebsoptions.volumesize' && isLess ? 'as the data may not fit any more' : undefined;
}

/** What the rules say of one value. */
interface Verdict {
  readonly severity: Severity;
  readonly isPolicy: boolean;
  /** The value is an access policy that lets in others than the own account. */
  readonly isOpen: boolean;
  /** The value is an access policy parts of which cannot be judged. */
  readonly isDoubtful: boolean;
}

/** Of a policy that lets others in and one that does not, the second is better, whatever the rules call a change to it. */
function isNoWorse(restored: Verdict, set: Verdict): boolean {
  if (restored.isDoubtful || restored.severity === 'CRITICAL') return false;
  if (restored.isOpen !== set.isOpen) return set.isOpen;
  const difference = compareSeverity(restored.severity, set.severity);
  return restored.isOpen ? difference < 0 : restored.isPolicy || difference <= 0;
}

/** The verdict on the access policy that the call set. */
function policyIn(findings: readonly Finding[]): Verdict {
  const openings = findings.filter(({ rule }) => tellsOpening(rule.id));
  const severity = worstOf(openings.map(({ steps }) => steps[0].to));
  return { severity, isPolicy: true, isOpen: openings.length > 0, isDoubtful: false };
}

/** The verdict on an update of the call's domain that asks for this value alone. */
function verdictOf(
  call: Call,
  path: readonly string[],
  value: unknown,
  before: Configuration,
  trust: Trust,
): Verdict | undefined {
  const request = Object.assign(newTree(), { domainName: call.domain?.name });
  setAt(request, path, value);
  const update = toCall({
    eventSource: memberOf(call.record, 'eventSource'),
    eventName: 'UpdateDomainConfig',
    eventID: call.uid,
    awsRegion: call.region,
    recipientAccountId: call.accountId,
    requestParameters: request,
    responseElements: call.response,
  });
  if (update === undefined) return undefined;
  const situation: Compared = { ...toSituation(update, trust), before, told: undefined };
  const evidence = RULES.filter((rule) => looksAt(rule, update)).flatMap((rule) => rule.evidence(situation));
  const { policy } = situation;
  return {
    severity: worstOf(evidence.map(({ severity }) => severity)),
    isPolicy: policy !== undefined,
    isOpen: policy !== undefined && !CLOSED.has(policy.exposure),
    isDoubtful: policy !== undefined && policy.unreadable.length > 0,
  };
}

const CLOSED: ReadonlySet<string> = new Set(['same-account', 'none']);
