import { context as featureFlags } from '../../cdk.json';
import { App, Fn, type Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { join } from 'node:path';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { EsConfigMonitorStack } from '../../lib/es-config-monitor-stack';
import { readAssembly, type Assembly } from '../assembly';
import { SOURCES, type Source } from './conditions';
import type { ParameterName } from './parameters';

/** Stands for the name of the stack, which a plain template does not know. Names of 24 letters and more are shortened. */
export const STACK_NAME = 'NameOnlyDeploymentKnows';

const STACK = 'EsConfigMonitor';

/** The stack as it is synthesized for each source of log files, with references to the parameters for what they give. */
export function synthesizedVariants(folder: string): ReadonlyMap<Source, Assembly> {
  // CDK's own validation refuses references to parameters, which the merged template has. The tests validate that one.
  process.env['CDK_VALIDATION'] = 'false';
  return new Map(SOURCES.map((source) => [source, synthesized(source, join(folder, source))]));
}

function synthesized(source: Source, outdir: string): Assembly {
  const app = new App({ outdir, context: featureFlags, analyticsReporting: false, treeMetadata: false });
  new EsConfigMonitorStack(app, STACK, (stack) => propsFor(source, stack), {
    stackName: STACK_NAME,
  });
  app.synth();
  return readAssembly(STACK, outdir);
}

const parameter = (name: ParameterName): string => Fn.ref(name);

function propsFor(source: Source, stack: Stack): EsConfigMonitorProps {
  const everywhere: EsConfigMonitorProps = {
    subscribers: [{ subscription: new EmailSubscription(parameter('AlertEmail')) }],
    operationsSubscribers: [new EmailSubscription(parameter('OperationsEmail'))],
    // What it expects would depend on every parameter: of subscriptions, settings and the names of archives.
    stateCheck: false,
  };
  if (source === 'FromNewTrail') return everywhere;
  return {
    ...everywhere,
    encryptionKey: Key.fromKeyArn(stack, 'ExistingKey', parameter('EncryptionKeyArn')),
    trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', parameter('TrailBucketName')),
    logFilePrefix: parameter('LogFilePrefix'),
    notifications: notificationsFor(source, stack),
  };
}

function notificationsFor(
  source: Exclude<Source, 'FromNewTrail'>,
  stack: Stack,
): NonNullable<EsConfigMonitorProps['notifications']> {
  if (source === 'ByBucket') return 'bucket';
  if (source === 'ByEventBridge') return 'eventbridge';
  return Topic.fromTopicArn(stack, 'ExistingTopic', parameter('NotificationTopicArn'));
}
