import { Aws, CfnCondition, Fn, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import type { LogFileQueue } from './log-file-queue';

/** Account and region. */
type Place = Readonly<Record<'account' | 'region', string>>;

const PLACES = ['account', 'region'] as const;

/**
 * Has a topic that is told of log files tell the queue. Notifications that cannot be delivered end in the dead-letter queue where the
 * topic is in the account and region of the stack: SNS takes no other dead-letter queue, and tries for 23 days without one.
 */
export function subscribeToTopic(scope: Construct, topic: ITopic, { queue, deadLetterQueue }: LogFileQueue): void {
  const stack = Stack.of(scope);
  const isElsewhere = PLACES.some((place) => isOther(topic.env, stack, place));
  const subscription = topic.addSubscription(new SqsSubscription(queue, isElsewhere ? {} : { deadLetterQueue }));
  const unsure = PLACES.filter((place) => !Token.isUnresolved(topic.env[place]) && Token.isUnresolved(stack[place]));
  const resource = subscription.node.defaultChild;
  if (!isElsewhere && unsure.length > 0 && resource instanceof CfnSubscription) {
    const isHere = new CfnCondition(scope, 'LogFileTopicIsHere', {
      expression: Fn.conditionAnd(...unsure.map((place) => Fn.conditionEquals(stack[place], topic.env[place]))),
    });
    resource.redrivePolicy = Fn.conditionIf(isHere.logicalId, resource.redrivePolicy, Aws.NO_VALUE);
  }
  for (const region of optInRegionsOf(topic.env, stack)) {
    queue.addToResourcePolicy(
      // From JSON, as CDK writes a service with its region as the one of every region.
      PolicyStatement.fromJson({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: queue.queueArn,
        Principal: { Service: `sns.${region}.amazonaws.com` },
        Condition: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
      }),
    );
  }
}

/** Why SNS would not deliver what the topic is told to a queue of this stack, in the operator's words. */
export function topicProblems(scope: Construct, topic: ITopic): string[] {
  const stack = Stack.of(scope);
  const isBetweenOptIns = isOther(topic.env, stack, 'region') && isOptIn(topic.env.region) && isOptIn(stack.region);
  return isBetweenOptIns
    ? [
        `'notifications' is a topic in ${topic.env.region} and the stack is in ${stack.region}: SNS delivers from an opt-in region to no ` +
          'other opt-in region; deploy the stack in the region of the topic',
      ]
    : [];
}

function isOther(one: Place, other: Place, place: keyof Place): boolean {
  return ![one[place], other[place]].some((value) => Token.isUnresolved(value)) && one[place] !== other[place];
}

const isOptIn = (region: string): boolean => !Token.isUnresolved(region) && RegionInfo.get(region).isOptInRegion;

/** To and from a region that an account opts into, SNS delivers under a name with that region. */
function optInRegionsOf(topic: Place, stack: Place): readonly string[] {
  if (topic.region === stack.region) return [];
  return [topic.region, stack.region].filter(isOptIn);
}
