import type { ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { LogSourceProps } from './log-source';
import type { SettingsProps } from './settings';
import type { Subscriber } from './subscribers';
import type { UpkeepProps } from './upkeep';

/** Everything that can be set; `{}` is a monitor on a new trail that tells nobody yet. */
export interface EsConfigMonitorProps extends LogSourceProps, SettingsProps, UpkeepProps {
  /**
   * Who is told of alerts.
   * @default - nobody: subscribe to `alertTopics`, or to the topics in the stack's outputs
   */
  readonly subscribers?: readonly Subscriber[];
  /**
   * Who is told when alerts may be missing or late.
   * @default - nobody: subscribe to `operationsTopic`, or to the topic in the stack's outputs
   */
  readonly operationsSubscribers?: readonly ITopicSubscription[];
}
