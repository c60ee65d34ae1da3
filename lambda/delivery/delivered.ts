import type { LogFileRef } from '../../core/notification';
import type { Counts } from '../../core/scan';
import type { Place } from './places';
import type { PublishedAlerts } from './publish';

/** What became of records that were judged together. */
export interface Tally extends PublishedAlerts {
  /** How many records were handed to judgement; `counts` says what became of them. */
  readonly received: number;
  /** How many of them are calls that something was found of. */
  readonly calls: number;
  readonly counts: Counts;
}

/** What became of the records of one log file, as far as they were done in this invocation: those of the service first. */
export interface Delivered extends Tally {
  /** What became of those of other services. */
  readonly watched: Tally;
  readonly suppressed: readonly SuppressedFinding[];
  /** Log files of later calls that were judged without the calls of this one. */
  readonly judgedTooEarly: readonly LogFileRef[];
  /** How far the file came, in this and earlier invocations. Set where some of it is left for the next one. */
  readonly place?: Place;
}

/** A finding that was hidden; of the record, which may hold secrets, only the names. */
export interface SuppressedFinding {
  readonly uid: string;
  readonly eventName: string;
  /** The id of the rule. */
  readonly rule: string;
  /** Why it is hidden, as the settings say. */
  readonly reason: string;
}

const NOTHING: Tally = {
  received: 0,
  calls: 0,
  counts: { ignored: 0, informational: 0, suppressed: 0, alerted: 0 },
  sent: 0,
  alreadySent: 0,
  grouped: 0,
  unrecorded: 0,
  told: [],
  unpublished: [],
  owners: {},
  ownersUntold: [],
};

/** What became of no records: of almost every log file. */
export const NOTHING_DELIVERED: Delivered = {
  ...NOTHING,
  watched: NOTHING,
  suppressed: [],
  judgedTooEarly: [],
};

/** What became of two parts of one log file. */
export function together(a: Delivered, b: Delivered): Delivered {
  return {
    ...sumOf(a, b),
    watched: sumOf(a.watched, b.watched),
    suppressed: [...a.suppressed, ...b.suppressed],
    judgedTooEarly: [...a.judgedTooEarly, ...b.judgedTooEarly],
  };
}

/** Why alerts of the log file could not be published, to whomever. */
export const unpublishedOf = ({
  unpublished,
  ownersUntold,
  watched,
}: Pick<Delivered, 'unpublished' | 'ownersUntold' | 'watched'>): readonly unknown[] => [
  ...unpublished,
  ...ownersUntold,
  ...watched.unpublished,
];

function sumOf(a: Tally, b: Tally): Tally {
  return {
    received: a.received + b.received,
    calls: a.calls + b.calls,
    counts: {
      ignored: a.counts.ignored + b.counts.ignored,
      informational: a.counts.informational + b.counts.informational,
      suppressed: a.counts.suppressed + b.counts.suppressed,
      alerted: a.counts.alerted + b.counts.alerted,
    },
    sent: a.sent + b.sent,
    alreadySent: a.alreadySent + b.alreadySent,
    grouped: a.grouped + b.grouped,
    unrecorded: a.unrecorded + b.unrecorded,
    told: [...a.told, ...b.told],
    unpublished: [...a.unpublished, ...b.unpublished],
    owners: sumOfOwners(a.owners, b.owners),
    ownersUntold: [...a.ownersUntold, ...b.ownersUntold],
  };
}

function sumOfOwners(a: Tally['owners'], b: Tally['owners']): Tally['owners'] {
  const sum = new Map(Object.entries(a));
  for (const [name, { due, sent, known, failed }] of Object.entries(b)) {
    const before = sum.get(name) ?? { due: 0, sent: 0, known: 0, failed: 0 };
    sum.set(name, {
      due: before.due + due,
      sent: before.sent + sent,
      known: before.known + known,
      failed: before.failed + failed,
    });
  }
  return Object.fromEntries(sum);
}
