import type { Duration } from 'aws-cdk-lib';

/** How the monitor is watched itself. */
export interface UpkeepProps {
  /**
   * How long no log file may be read before an alarm says so: whole hours, up to 168.
   * @default - an hour on the stack's own trail; otherwise six hours
   */
  readonly silenceAfter?: Duration;
  /**
   * Whether a check on a schedule writes something harmless that CloudTrail records, a tag of the stack's own queue, so that there
   * is always a log file to read. For an account that a trail of `trailBucket` records, and in which nothing may happen for hours.
   * @default false
   */
  readonly heartbeat?: boolean;
  /**
   * How often the stack looks whether its own resources are as it deployed them, in whole minutes from 5 to 1440; `false`: never.
   * What deviates is told to the operations topic, with the command that puts it right.
   * @default Duration.minutes(15)
   */
  readonly stateCheck?: Duration | false;
  /**
   * A dashboard in CloudWatch: calls told by severity, account and domain, how late they were told, log files, and what it costs.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * Whether an EventBridge rule tells the operations topic, within seconds, of calls that stop the monitor so that it cannot
   * tell them itself: on its queue, its function, its stack and on trails, in the stack's own account and region.
   * @default true
   */
  readonly tellWhenStopped?: boolean;
}
