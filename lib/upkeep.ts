import type { Duration } from 'aws-cdk-lib';

/** How the monitor is watched itself. */
export interface UpkeepProps {
  /**
   * How long no log file may be read before an alarm says so: whole hours, up to 168.
   * @default - an hour on the stack's own trail; otherwise six hours
   */
  readonly silenceAfter?: Duration;
}
