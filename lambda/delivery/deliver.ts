import { plain } from '../../core/base/plain-text';
import type { LogFileRef } from '../../core/notification';
import { countsOf, judgeAll, type Counts, type History, type Judgement } from '../../core/scan';
import type { Criteria } from '../../core/settings';
import { publishAll, type PublishedAlerts, type Telling } from './publish';

/** What delivery does to the world. */
export interface DeliveryEffects extends Telling {
  /** The history, for the calls of one log file. @default - every call is judged by itself */
  readonly historyOf?: (logFile: LogFileRef) => History;
}

/** What became of the records of one log file. */
export interface Delivered extends PublishedAlerts {
  readonly counts: Counts;
  readonly suppressed: readonly SuppressedFinding[];
  /** Log files of later calls that were judged without the calls of this one. */
  readonly judgedTooEarly: readonly LogFileRef[];
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

/** Delivers what is to be said of the records of one log file. */
export type Deliver = (records: readonly unknown[], logFile: LogFileRef) => Promise<Delivered>;

/** Judges the records of a log file and publishes the alerts. It throws an `Error` where the history cannot be reached. */
export function delivery(criteria: Criteria, effects: DeliveryEffects): Deliver {
  return async (records, logFile) => {
    const { judgements, judgedTooEarly } = await judgeAll(records, criteria, effects.historyOf?.(logFile));
    const published = await publishAll(judgements, effects);
    return {
      counts: countsOf(judgements),
      ...published,
      suppressed: judgements.flatMap(suppressedIn),
      judgedTooEarly,
    };
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
