import type { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { AlertBusProps } from './alert-bus';
import type { FastPathProps } from './fast-path';
import type { LogSourceProps } from './log-source';
import type { MailDigestProps } from './mail-digest';
import type { SettingsProps } from './settings';
import type { Subscriber } from './subscribers';
import type { UpkeepProps } from './upkeep';

/** Everything that can be set; `{}` is a monitor on a new trail that tells nobody yet. */
export interface EsConfigMonitorProps
  extends LogSourceProps, FastPathProps, AlertBusProps, MailDigestProps, SettingsProps, UpkeepProps {
  /**
   * Who is told of alerts.
   * @default - nobody: subscribe to `alertTopics`, or to the topics in the stack's outputs
   */
  readonly subscribers?: readonly Subscriber[];
  /**
   * What the function runs on, Node.js 20 or later. For a region that has not got the default yet.
   * @default - Node.js 24
   */
  readonly runtime?: Runtime;
  /**
   * The processor the function runs on. For a region that has no arm64.
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;
  /**
   * Who is told when alerts may be missing or late.
   * @default - nobody: subscribe to `operationsTopic`, or to the topic in the stack's outputs
   */
  readonly operationsSubscribers?: readonly ITopicSubscription[];
}
