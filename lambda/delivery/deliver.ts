import { isOfService } from '../../core/base/event-source';
import { plain } from '../../core/base/plain-text';
import type { LogFileRef } from '../../core/notification';
import { countsOf, inOrderOfTime, judge, judgeAll, type History, type Judgement } from '../../core/scan';
import type { Criteria } from '../../core/settings';
import {
  NOTHING_DELIVERED,
  together,
  unpublishedOf,
  type Delivered,
  type SuppressedFinding,
  type Tally,
} from './delivered';
import { placeAfter, placeIn, type Places } from './places';
import { publishAll, type Telling } from './publish';

/** What delivery does to the world. */
export interface DeliveryEffects extends Telling {
  /** The history, for the calls of one log file, or of a record of none. @default - every call is judged by itself */
  readonly historyOf?: (logFile: LogFileRef | undefined) => History;
  /** @default - each log file is done from its first record */
  readonly places?: Pick<Places, 'of'>;
  /** The invocation is about to end: what has not begun is left to the next one. @default - there is time enough */
  readonly isOver?: () => boolean;
}

/**
 * Delivers what is to be said of the records of one log file, of the service and of the calls of others that are watched.
 * @param logFile `undefined` for records that came as events
 * @param isAgain the file was done before, and is judged anew from its first record
 */
export type Deliver = (
  records: readonly unknown[],
  logFile: LogFileRef | undefined,
  isAgain?: boolean,
) => Promise<Delivered>;

/** Calls that are judged and told before the clock is looked at. Larger files are rare, and may need several invocations. */
const CALLS_AT_ONCE = 500;

/** Judges the records of a log file and publishes the alerts. It throws an `Error` where the history cannot be reached. */
export function delivery(criteria: Criteria, effects: DeliveryEffects): Deliver {
  const { historyOf, places, isOver = () => false } = effects;

  async function delivered(records: readonly unknown[], logFile: LogFileRef | undefined): Promise<Delivered> {
    const ours = records.filter(isOfService);
    const { judgements, judgedTooEarly } = await judgeAll(ours, criteria, historyOf?.(logFile));
    // Nothing holds before such a call: it is judged by itself.
    const others = records.filter((record) => !isOfService(record)).map((record) => judge(record, criteria));
    return {
      ...(await tallyOf(judgements)),
      watched: await tallyOf(others),
      suppressed: [...judgements, ...others].flatMap(suppressedIn),
      judgedTooEarly,
    };
  }

  const tallyOf = async (judgements: readonly Judgement[]): Promise<Tally> => ({
    received: judgements.length,
    calls: judgements.filter(({ findings }) => findings.length > 0).length,
    counts: countsOf(judgements),
    ...(await publishAll(judgements, effects)),
  });

  return async (records, logFile, isAgain = false) => {
    if (logFile === undefined || records.length <= CALLS_AT_ONCE) return delivered(records, logFile);
    const ordered = inOrderOfTime(records);
    const place = isAgain ? undefined : placeIn(await places?.of(logFile), ordered);
    let at = place?.done ?? 0;
    let firstFailed = place?.failed;
    let all = NOTHING_DELIVERED;
    for (; at < ordered.length && !(isOver() && all !== NOTHING_DELIVERED); at += CALLS_AT_ONCE) {
      const part = await delivered(ordered.slice(at, at + CALLS_AT_ONCE), logFile);
      if (unpublishedOf(part).length > 0) firstFailed = Math.min(firstFailed ?? at, at);
      all = together(all, part);
    }
    // An alert that cannot be sent keeps no other from being tried, and is tried again once all the others were.
    if (at < ordered.length) return { ...all, place: placeAfter(at, ordered, firstFailed) };
    return firstFailed === undefined ? all : { ...all, place: placeAfter(firstFailed, ordered) };
  };
}

/** The findings of a call that is not told because of them. */
function suppressedIn({ call, findings, disposition }: Judgement): readonly SuppressedFinding[] {
  if (!call || disposition !== 'suppressed') return [];
  return findings.flatMap(({ rule, suppressedBy }) =>
    suppressedBy
      ? [
          {
            uid: plain(call.uid, 128),
            eventName: plain(call.eventName, 100),
            rule: rule.id,
            reason: suppressedBy.reason,
          },
        ]
      : [],
  );
}
