import { mentionedIn, toAlert, type Alert, type AlertOptions } from '../alert';
import { optional } from '../base/members';
import { toCall, type Call } from '../call';
import type { Change } from '../domain';
import { findingsIn, type Finding } from '../findings';
import { RULES, toSituation, type Situation } from '../rules';
import type { Criteria, Whose } from '../settings';

/** What became of one record. */
export interface Judgement {
  /** `undefined` for a copy of a call outside the management events, which is not judged again. */
  readonly call?: Call;
  readonly findings: readonly Finding[];
  readonly disposition: Disposition;
  /** Set where the disposition is `alerted`. */
  readonly alert?: Alert;
  /** The alert told otherwise: as the correction of one that was told milder, or for a burst. Set as `alert` is. */
  readonly alertAs?: (as: Pick<AlertOptions, 'burst' | 'correction'>) => Alert | undefined;
  /** Whose what the call is about is. Set as `call` is. */
  readonly whose?: Whose;
  /** What the call changed. @default - it changed nothing that is compared, or what held before is not known */
  readonly change?: Change;
}

/**
 * What became of a record: `ignored` reads and calls nobody watches; `informational` findings that are counted only;
 * `suppressed` ones that would have been sent; `alerted` the others.
 */
export type Disposition = 'ignored' | 'informational' | 'suppressed' | 'alerted';

/** How many records met each fate: together, all es.amazonaws.com records of the file. */
export type Counts = Readonly<Record<Disposition, number>>;

/** A record that was read, and what is to be said of its call by itself. */
export interface Considered {
  readonly call: Call;
  readonly situation: Situation;
  readonly findings: readonly Finding[];
  /** Where the record was read from, where alerts are to tell it. */
  readonly logFile?: string;
}

/** Reads a record and evaluates its call; `undefined` for a record that is no call. */
export function consider(record: unknown, criteria: Criteria, logFile?: string): Considered | undefined {
  const call = toCall(record);
  return call && { ...considerCall(call, criteria), ...optional('logFile', logFile) };
}

/** The same for a call that was read. */
export function considerCall(call: Call, criteria: Criteria): Considered {
  const situation = toSituation(call, criteria.trust, criteria.watched);
  return { call, situation, findings: findingsIn(situation, criteria) };
}

/** @param change what the call changes, where the configuration before it is known */
export function conclude(considered: Considered | undefined, criteria: Criteria, change?: Change): Judgement {
  if (considered === undefined) return { findings: [], disposition: 'ignored' };
  const { call, situation } = considered;
  const findings = change ? findingsIn(situation, criteria, change, RULES, considered.findings) : considered.findings;
  const whose = criteria.whoseIs(call);
  const alertAs: Judgement['alertAs'] = (as) =>
    toAlert(call, findings, {
      change,
      trust: criteria.trust,
      logFile: considered.logFile,
      whose,
      wayBack: criteria.wayBack,
      ...as,
    });
  const alert = alertAs({});
  return {
    call,
    findings,
    disposition: dispositionOf(findings, alert),
    whose,
    ...(alert && { alert, alertAs }),
    ...(change && { change }),
  };
}

/** Judges one record: what is asked of its call, and the alert that comes of it. */
export function judge(record: unknown, criteria: Criteria, change?: Change): Judgement {
  return conclude(consider(record, criteria), criteria, change);
}

/** Whether people hear of the call. What they do not hear of must not make a later call look like no news. */
export function isMentioned({ findings }: Considered): boolean {
  const isHiding = findings.some(({ suppressedBy }) => suppressedBy !== undefined);
  return !isHiding && mentionedIn(findings).length > 0;
}

export function countsOf(judgements: readonly Judgement[]): Counts {
  const counts = { ignored: 0, informational: 0, suppressed: 0, alerted: 0 };
  for (const { disposition } of judgements) counts[disposition]++;
  return counts;
}

function dispositionOf(findings: readonly Finding[], alert: Alert | undefined): Disposition {
  if (alert) return 'alerted';
  if (findings.length === 0) return 'ignored';
  const isHidden = findings.some(({ suppressedBy, severity }) => suppressedBy && severity !== 'INFORMATIONAL');
  return isHidden ? 'suppressed' : 'informational';
}
