import { createHash } from 'node:crypto';
import { Annotations, NestedStack, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ownersIn, protocolOf, type Owner, type Settings } from '../core/settings';
import type { Order } from '../core/state';
import { ownerTopicEnd } from '../core/base/owner-topic';
import { addressOf } from './address';
import { webhookProblem } from './https-subscribers';

/** The topics of the owners, each with its subscribers. */
export interface OwnerTopics {
  /** How their ARNs begin, and those of no other topic. */
  readonly arnPrefix: string;
  /** How their names begin. */
  readonly namePrefix: string;
  /** By the name of the owner. */
  readonly topics: Readonly<Record<string, ITopic>>;
  /** What the check of state looks for. */
  readonly expected: NonNullable<Order['owners']>;
}

/** Nested stacks that owners are spread over. The number is for ever: with another one, topics would move, and their subscribers be lost. */
const OWNER_STACKS = 4;

/** CloudFormation takes 500 in one stack. */
const MOST_RESOURCES = 480;

/** An owner stays where it is, whoever else comes or goes. */
const stackOf = (owner: string): number => createHash('sha256').update(owner).digest().readUInt32BE() % OWNER_STACKS;

/** A topic and its policy, and each subscriber. */
const resourcesOf = ({ subscribers }: Owner): number => 2 + subscribers.length;

/** What is wrong with the owners in settings whose shape is right, in the operator's words. */
export function ownerProblems(settings: Settings): string[] {
  const owners = ownersIn(settings);
  const stacks = Array.from({ length: OWNER_STACKS }, (_, at) => owners.filter(({ name }) => stackOf(name) === at));
  const most = Math.max(...stacks.map((those) => those.reduce((sum, owner) => sum + resourcesOf(owner), 0)));
  return [
    ...owners.flatMap(({ name, subscribers }) =>
      subscribers.flatMap((url) => {
        const problem = webhookProblem({ url });
        return problem === undefined ? [] : [`the subscriber ${JSON.stringify(url)} of the owner '${name}' ${problem}`];
      }),
    ),
    ...(most > MOST_RESOURCES
      ? [
          `'accounts' and 'domains' have ${owners.length} owners, which take ${most} resources in one of ${OWNER_STACKS} nested stacks; allowed: ${MOST_RESOURCES}, ` +
            'two for each owner and one for each subscriber: let owners share lists, or have a rule on the event bus, or a function, go by unmapped.owner of the machine body',
        ]
      : []),
  ];
}

/**
 * A topic for each owner, in nested stacks, so that the stack itself stays small however many there are. The topics have names, by which
 * the function finds them: what lists hundreds of ARNs is no environment of a function.
 * @param central the topics that hear everything
 */
export function createOwnerTopics(
  scope: Construct,
  settings: Settings,
  central: readonly Topic[],
  undelivered: IQueue,
): OwnerTopics | undefined {
  const owners = ownersIn(settings);
  if (owners.length === 0) return undefined;
  const namePrefix = `${namedAfter(scope)}-owner-`;
  const arnPrefix = Stack.of(scope).formatArn({ service: 'sns', resource: namePrefix });
  // One statement for all: a queue's policy takes twenty.
  undelivered.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      resources: [undelivered.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': `${arnPrefix}*` } },
    }),
  );
  const stacks = new Map<number, NestedStack>();
  const topics = owners.map((owner) => {
    const at = stackOf(owner.name);
    const stack =
      stacks.get(at) ??
      new NestedStack(scope, `Owners${at}`, { description: 'Topics of those who hear of what is theirs alone' });
    stacks.set(at, stack);
    return [owner.name, topicIn(stack, owner, namePrefix, undelivered)] as const;
  });
  warnOfCentral(scope, owners, central);
  return {
    arnPrefix,
    namePrefix,
    topics: Object.fromEntries(topics),
    expected: {
      topicPrefix: arnPrefix,
      deadLetterQueue: undelivered.queueArn,
      subscribers: Object.fromEntries(owners.map(({ name, subscribers }) => [name, subscribers])),
    },
  };
}

function topicIn(stack: NestedStack, { name, subscribers }: Owner, namePrefix: string, undelivered: IQueue): Topic {
  const end = ownerTopicEnd(name);
  // A bare name may be one that CDK, or every object, has a use of its own for, such as Default or constructor.
  const topic = new Topic(stack, end, {
    topicName: `${namePrefix}${end}`,
    displayName: `${name} es-config-monitor`,
    masterKey: Alias.fromAliasName(stack, `SnsKey ${name}`, 'alias/aws/sns'),
    enforceSSL: true,
  });
  for (const address of subscribers) {
    new CfnSubscription(topic, address, {
      topicArn: topic.topicArn,
      protocol: protocolOf(address) ?? '',
      endpoint: address,
      redrivePolicy: { deadLetterTargetArn: undelivered.queueArn },
    });
  }
  return topic;
}

/** Of the stack and the ids down to the monitor, as SNS takes it in a name; no stack has an underscore in its own. */
function namedAfter(scope: Construct): string {
  const name = addressOf(scope)
    .map((part) => part.replace(/[^\w-]/g, '-'))
    .join('_');
  return name.length <= 150
    ? name
    : `${name.slice(0, 140)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** Whoever hears everything hears what is theirs twice. */
function warnOfCentral(scope: Construct, owners: readonly Owner[], central: readonly Topic[]): void {
  const told = new Set(
    central.flatMap((topic) =>
      topic.node.findAll().flatMap((one) => (one instanceof CfnSubscription ? [one.endpoint] : [])),
    ),
  );
  for (const { name, subscribers } of owners) {
    for (const address of subscribers.filter((each) => told.has(each))) {
      Annotations.of(scope).addWarningV2(
        'es-config-monitor:told-twice',
        `${address} is a subscriber of the stack and of the owner '${name}', so it is told of what is ${name}'s twice: remove one of them`,
      );
    }
  }
}
