import type { WireRequest } from '../wire';
import { compareSeverity, type AlertSeverity } from '../../core/base/severity';

/** Where the function was when it was killed. */
export const KILL_POINTS = [
  'before the log file is read',
  'between claim and publish',
  'between publish and record',
  'after the record',
  'elsewhere',
  'by its timeout',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** Why an alert may be told twice. Nothing else explains it. */
export const EXCUSES = [
  'killed between publish and record',
  'the answer of SNS was lost',
  'the answer of SNS came too late',
  'the record could not be written',
] as const;
export type Excuse = (typeof EXCUSES)[number];

/** Whether the function got to know that SNS took an alert. `late`: it waited no longer. */
export type Answer = 'heard' | 'lost' | 'late';

/** What was seen of the alerts from outside: at the services, not in the function. */
export interface Books {
  /** SNS took an alert. */
  readonly published: (invocation: string, uid: string, severity: AlertSeverity, answer: Answer) => void;
  /** The table took the record of one, as severe as it was told. */
  readonly recorded: (invocation: string, uid: string, severity: AlertSeverity | undefined) => void;
  /** The table did not take it, as far as the function knows. */
  readonly notRecorded: (invocation: string, uid: string, severity: AlertSeverity | undefined) => void;
  readonly killed: (invocation: string, point: KillPoint) => void;
  readonly kills: () => Readonly<Record<KillPoint, number>>;
  /** The severities each uid was told as. */
  readonly told: () => ReadonlyMap<string, readonly AlertSeverity[]>;
  /** Alerts told again that are no worse than before: how many for which reason, and those without any. */
  readonly doubled: () => { readonly excused: Readonly<Record<Excuse, number>>; readonly unexcused: readonly string[] };
}

/** What is told once: the uid of a call, and to whom, where it is an owner. */
export const toldAs = ({ uid, to }: Pick<WireRequest, 'uid' | 'to'>): string | undefined =>
  uid === undefined || to === undefined ? uid : `${uid} to ${to}`;

interface Told {
  readonly invocation: string;
  readonly severity: AlertSeverity;
  readonly answer: Answer;
  /** What the table had taken the record of by then. */
  readonly recordedBefore: readonly AlertSeverity[];
  isRecorded: boolean;
  isKilled: boolean;
  isRefused: boolean;
}

export function openBooks(): Books {
  const alerts = new Map<string, Told[]>();
  const dead = new Set<string>();
  const kills = Object.fromEntries(KILL_POINTS.map((point) => [point, 0])) as Record<KillPoint, number>;

  /** What a record is of: a process may have told one call as milder or worse as well. */
  const toldIn = (invocation: string, uid: string, severity: AlertSeverity | undefined): readonly Told[] =>
    (alerts.get(uid) ?? []).filter((one) => one.invocation === invocation && one.severity === severity);

  return {
    published(invocation, uid, severity, answer) {
      // What was under way when it was killed may be taken afterwards.
      const isKilled = dead.has(invocation);
      const before = alerts.get(uid) ?? [];
      const recordedBefore = before.flatMap((one) => (one.isRecorded ? [one.severity] : []));
      const flags = { isRecorded: false, isKilled, isRefused: false };
      alerts.set(uid, [...before, { invocation, severity, answer, recordedBefore, ...flags }]);
    },
    recorded(...record) {
      for (const one of toldIn(...record)) one.isRecorded = true;
    },
    notRecorded(...record) {
      for (const one of toldIn(...record)) one.isRefused = true;
    },
    killed(invocation, point) {
      kills[point] += 1;
      dead.add(invocation);
      for (const one of [...alerts.values()].flat()) if (one.invocation === invocation) one.isKilled = true;
    },
    kills: () => kills,
    told: () => new Map([...alerts].map(([uid, all]) => [uid, all.map(({ severity }) => severity)])),
    doubled() {
      const excused = Object.fromEntries(EXCUSES.map((excuse) => [excuse, 0])) as Record<Excuse, number>;
      const unexcused: string[] = [];
      // Of what was told as HIGH, and nobody knows of it, a milder verdict and then this one again are told: one reason for both.
      const reasons = new Set<Told>();
      for (const [uid, all] of alerts) {
        for (const [at, { severity, recordedBefore }] of all.entries()) {
          const before = all.slice(0, at).filter((one) => compareSeverity(severity, one.severity) <= 0);
          const last = before.at(-1);
          if (!last) continue;
          // One that was recorded is told again by nobody.
          const isKnown = recordedBefore.some((known) => compareSeverity(severity, known) <= 0);
          const excuse = isKnown ? undefined : excuseOf(last);
          if (excuse && !reasons.has(last)) excused[excuse] += 1;
          reasons.add(last);
          if (!excuse) unexcused.push(`${uid} (${all.map(historyOf).join('; ')})`);
        }
      }
      return { excused, unexcused };
    },
  };
}

const historyOf = ({ invocation, severity, answer, isRecorded, isKilled, isRefused }: Told): string => {
  const facts = { recorded: isRecorded, killed: isKilled, 'not recorded': isRefused };
  const held = Object.entries(facts).flatMap(([fact, holds]) => (holds ? [fact] : []));
  return `${severity} by ${invocation}: ${[`answer ${answer}`, ...held].join(', ')}`;
};

function excuseOf({ answer, isKilled, isRefused }: Told): Excuse | undefined {
  if (answer === 'lost') return 'the answer of SNS was lost';
  // The connection of a process that is dead is closed as well.
  if (isKilled) return 'killed between publish and record';
  if (answer === 'late') return 'the answer of SNS came too late';
  return isRefused ? 'the record could not be written' : undefined;
}
