import 'aws-cdk-lib/testhelpers/jest-autoclean';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { context as featureFlags } from '../../cdk.json';
import { ConfigurationError } from '../../lib/configuration-error';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import {
  EsConfigMonitorStack,
  type EsConfigMonitorStackProps,
  type PropsInStack,
} from '../../lib/es-config-monitor-stack';

/** An app as the CDK CLI would start it, with the flags of cdk.json and `-c` options; code is bundled on demand only. */
export function appWith(options: Readonly<Record<string, unknown>> = {}, bundled = false): App {
  const bundling = bundled ? {} : { 'aws:cdk:bundling-stacks': [] };
  return new App({ context: { ...featureFlags, ...bundling, ...options }, analyticsReporting: false });
}

export function stackWith(props: EsConfigMonitorStackProps | PropsInStack = {}, app = appWith()): EsConfigMonitorStack {
  return new EsConfigMonitorStack(app, 'EsConfigMonitor', props);
}

export function templateWith(props: EsConfigMonitorProps | PropsInStack = {}): Template {
  return Template.fromStack(stackWith(props));
}

/** Props for a stack that reads the existing bucket `my-trail`. */
export function onExistingBucket(props: EsConfigMonitorProps = {}): (stack: Stack) => EsConfigMonitorProps {
  return (stack) => ({ trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', 'my-trail'), ...props });
}

/** What synthesis with these props refuses; nothing refused is an empty list. */
export function problemsOf(props: Parameters<typeof stackWith>[0], app = appWith()): readonly string[] {
  return problemsIn(() => stackWith(props, app));
}

/** What `synthesize` refuses; nothing refused is an empty list. */
export function problemsIn(synthesize: () => unknown): readonly string[] {
  try {
    synthesize();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}
