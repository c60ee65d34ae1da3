import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { describe } from './alarm-text';

/** From when on it counts as silence that no log file is scanned. */
export interface Silence {
  /** Log files scanned: objects of other services in the bucket, and messages of anybody, are none. */
  readonly scanned: (period: Duration) => Metric;
  /** Whole hours. */
  readonly after: Duration;
}

/** Where the stack's own trail records everything in the account, there is something every few minutes. */
const AFTER_ON_OWN_TRAIL = Duration.hours(1);

/** Of a trail of others nothing is known: it may be of one region, or of writes only. */
const AFTER_ELSEWHERE = Duration.hours(6);

/** How long it may be silent where nobody said so; `isHeard`: the stack itself is sure to write what the trail records. */
export function silenceAfter(isOwnTrail: boolean, isHeard: boolean): Duration {
  return isOwnTrail || isHeard ? AFTER_ON_OWN_TRAIL : AFTER_ELSEWHERE;
}

/**
 * Short periods rather than one long one: one log file must not count for the hours after it. CloudWatch allows a week of
 * periods of an hour, and a day of shorter ones.
 */
export function createSilenceAlarm(scope: Construct, { scanned, after }: Silence): Alarm {
  const hours = after.toHours();
  const period = hours <= 24 ? Duration.minutes(10) : Duration.hours(1);
  return new Alarm(scope, 'NoLogFilesAlarm', {
    alarmDescription: describe(
      `es-config-monitor has read no log file for ${hours === 1 ? 'an hour' : `${hours} hours`}: nobody would be alerted`,
      'no-log-files',
    ),
    metric: scanned(period),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: after.toSeconds() / period.toSeconds(),
    // The function counts what it reads, and nothing where there is nothing: silence is what this alarm is about.
    treatMissingData: TreatMissingData.BREACHING,
  });
}
