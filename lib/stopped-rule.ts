import { ArnFormat, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, type EventPattern } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

interface Stoppable {
  readonly queue: IQueue;
  readonly monitor: IFunction;
  /** Told within seconds. */
  readonly topic: Topic;
  readonly topicKey: IKey;
  /** Has what could not be told. */
  readonly undelivered: Queue;
}

/** CloudFormation sets these at each deployment as well. */
const NOT_BY_DEPLOYMENT = { sourceIPAddress: [{ 'anything-but': ['cloudformation.amazonaws.com'] }] };

/**
 * Tells `topic` of the calls that stop the monitor so that it cannot tell them itself, past its queue and its function: in the
 * account and region of the stack, within seconds, as long as a trail records them.
 */
export function createStoppedRule(scope: Construct, { queue, monitor, topic, topicKey, undelivered }: Stoppable): Rule {
  const rule = new Rule(scope, 'StoppedRule', {
    description: 'Tells of calls that stop es-config-monitor, which it could not tell itself',
    eventPattern: patternOf(scope, queue, monitor),
    targets: [
      {
        bind: () => ({
          arn: topic.topicArn,
          input: RuleTargetInput.fromText(sentence()),
          deadLetterConfig: { arn: undelivered.queueArn },
        }),
      },
    ],
  });
  const events = new ServicePrincipal('events.amazonaws.com');
  const byTheRule = { principals: [events], conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } } };
  topic.addToResourcePolicy(
    new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn], ...byTheRule }),
  );
  undelivered.addToResourcePolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn], ...byTheRule }),
  );
  // EventBridge calls KMS without the source of the event: a condition on it would drop every message.
  topicKey.addToResourcePolicy?.(
    new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'], principals: [events] }),
  );
  return rule;
}

function patternOf(scope: Construct, queue: IQueue, monitor: IFunction): EventPattern {
  const stack = Stack.of(scope);
  const functionName = [monitor.functionName, monitor.functionArn];
  const queueUrl = [queue.queueUrl];
  const call = (service: string, eventName: readonly string[], more: object = {}) => ({
    eventSource: [`${service}.amazonaws.com`],
    eventName,
    ...more,
  });
  const stackId = stack.formatArn({
    service: 'cloudformation',
    resource: 'stack',
    resourceName: `${stack.stackName}/`,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return {
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      // What was refused stopped nothing; the log files tell it.
      errorCode: [{ exists: false }],
      $or: [
        call('sqs', ['DeleteQueue', 'PurgeQueue'], { requestParameters: { queueUrl } }),
        call('sqs', ['SetQueueAttributes'], { requestParameters: { queueUrl }, ...NOT_BY_DEPLOYMENT }),
        call('lambda', ['DeleteFunction20150331'], { requestParameters: { functionName } }),
        call('lambda', ['PutFunctionConcurrency20171031'], {
          requestParameters: { functionName, reservedConcurrentExecutions: [0] },
        }),
        call('lambda', ['UpdateFunctionCode20150331v2', 'UpdateFunctionConfiguration20150331v2'], {
          requestParameters: { functionName },
          ...NOT_BY_DEPLOYMENT,
        }),
        call('lambda', ['DeleteEventSourceMapping20150331'], {
          responseElements: { eventSourceArn: [queue.queueArn] },
        }),
        call('lambda', ['UpdateEventSourceMapping20150331'], {
          responseElements: { eventSourceArn: [queue.queueArn] },
          ...NOT_BY_DEPLOYMENT,
        }),
        call('cloudtrail', ['StopLogging', 'DeleteTrail']),
        call('cloudtrail', ['UpdateTrail', 'PutEventSelectors'], NOT_BY_DEPLOYMENT),
        call('cloudformation', ['DeleteStack'], {
          requestParameters: { stackName: [stack.stackName, { prefix: stackId }] },
        }),
      ],
    },
  };
}

/** Values only: a name that somebody chose stands in the sentence as it is, and nothing else of the record does. */
function sentence(): string {
  const field = (name: string): string => EventField.fromPath(`$.detail.${name}`);
  return (
    `es-config-monitor may have been stopped: ${field('userIdentity.arn')} called ${field('eventName')} of ` +
    `${field('eventSource')} in account ${field('recipientAccountId')}, ${field('awsRegion')}, at ${field('eventTime')} ` +
    `(event ${field('eventID')}). What to do: docs/runbook.md#stopped-calls`
  );
}
