import { isObject, listOf, memberOf, optional, textOf, textsOf } from '../core/base/members';
import type { Assembly } from './assembly';
import type { MappingSpec } from './event-source-mapping';
import type { PipeSpec } from './pipe';
import type { FunctionSpec } from './lambda-function';
import type { NotificationRule } from './s3-notification';
import { resolve, type Names, type Resource, type Template } from './template';

/** Everything of a stack that has a meaning on this machine, with all references resolved. */
export interface Plan {
  /** Resources in the template, with and without a meaning here. */
  readonly resourceCount: number;
  readonly buckets: readonly string[];
  readonly queues: readonly QueuePlan[];
  readonly topics: readonly TopicPlan[];
  readonly tables: readonly TablePlan[];
  readonly subscriptions: readonly SubscriptionPlan[];
  readonly notifications: readonly NotificationRule[];
  readonly eventRules: readonly EventRule[];
  readonly pipes: readonly PipeSpec[];
  readonly function: FunctionSpec;
  /** That of the mail digest. @default - the stack has none */
  readonly mailDigest?: FunctionSpec;
  readonly mapping: MappingSpec;
  readonly alarms: readonly AlarmPlan[];
}

export interface QueuePlan {
  readonly name: string;
  readonly arn: string;
  /** Those that SQS and fauxqs both know, as texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TopicPlan {
  readonly name: string;
  readonly arn: string;
}

export interface TablePlan {
  readonly name: string;
  /** Names and types of the keys, in DynamoDB's own words. */
  readonly attributes: unknown;
  readonly keys: unknown;
}

export interface SubscriptionPlan {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly isRaw: boolean;
}

/** A rule of EventBridge with the queues of the stack that are its targets; what it tells topics is not played. */
export interface EventRule {
  /** Name of the bus. */
  readonly bus: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly queueArns: readonly string[];
}

export interface AlarmPlan {
  readonly id: string;
  /** Not set where it is on an expression. */
  readonly metricName?: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Its properties, with all references resolved. */
  readonly definition: unknown;
}

/** The account of the stack, and of its trail. */
export const ACCOUNT = '123456789012';

/** The bus that AWS puts its own events on. */
export const DEFAULT_BUS = 'default';

/** Whose everything in fauxqs is: it knows no other account. */
const EMULATED = '000000000000';

export const REGION = 'us-east-1';

/**
 * What the stack of `assembly` is on this machine.
 * @throws Error for a resource, a setting or a reference that matters and that the local run does not know
 */
export function toPlan(assembly: Assembly): Plan {
  const { template } = assembly;
  const names = namesIn(assembly);
  const resources = Object.entries(template.Resources).map(([id, resource]) => ({
    id,
    type: resource.Type,
    read: (...path: string[]) => resolve(memberOf(resource.Properties, ...path), template, names),
  }));
  const ofType = (type: string): readonly Reading[] => resources.filter((resource) => resource.type === type);
  const mapping = only('AWS::Lambda::EventSourceMapping', ofType('AWS::Lambda::EventSourceMapping'));
  const functionName = mapping.read('FunctionName');
  const fed = ofType('AWS::Lambda::Function').filter(({ id }) => names.attributes.get(id)?.['Ref'] === functionName);
  refuseUnknown(template, only('function behind the event source mapping', fed).id);

  const buckets = ofType('AWS::S3::Bucket').map(({ id }) => nameOf(names, id, 'Ref'));
  const notifications = notificationsIn(resources, names);
  return {
    resourceCount: resources.length,
    // An imported bucket is in no template; its notifications name it.
    buckets: [...new Set([...buckets, ...notifications.map(({ bucket }) => bucket)])],
    queues: ofType('AWS::SQS::Queue').map((queue) => toQueue(queue, names)),
    topics: ofType('AWS::SNS::Topic').map(({ id }) => ({
      name: nameOf(names, id, 'TopicName'),
      arn: nameOf(names, id, 'Ref'),
    })),
    tables: ofType('AWS::DynamoDB::Table').map((table) => toTable(table, names)),
    subscriptions: ofType('AWS::SNS::Subscription').map(toSubscription),
    notifications,
    eventRules: ofType('AWS::Events::Rule').map((rule) => toEventRule(rule, names)),
    pipes: ofType('AWS::Pipes::Pipe').map(toPipe),
    function: toFunction(only('function', fed), assembly, names),
    ...mailDigestIn(ofType('AWS::Lambda::Function'), assembly, names),
    mapping: toMapping(mapping),
    alarms: ofType('AWS::CloudWatch::Alarm').map(toAlarm),
  };
}

interface Reading {
  readonly id: string;
  readonly type: string;
  /** A property with its references resolved. */
  read(...path: string[]): unknown;
}

/** Rights, keys, logs, alarms, the trail that writes the files, the schedule of the state check: nothing on this machine asks for them. */
const MEANINGLESS_HERE =
  /^AWS::(IAM|KMS|Logs|CloudWatch|CloudTrail|CDK|Scheduler)::|^AWS::(SQS::Queue|SNS::Topic)(Inline)?Policy$|^AWS::S3::BucketPolicy$|^AWS::Lambda::(Permission|EventInvokeConfig)$|^Custom::S3AutoDeleteObjects$/;

const KNOWN = [
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Pipes::Pipe',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::LayerVersion',
  'Custom::S3BucketNotifications',
];

function refuseUnknown(template: Template, functionId: string): void {
  // Functions of custom resources run at deployments, and what a schedule calls looks at services that are not here.
  const providers = Object.values(template.Resources).flatMap(({ Properties }) =>
    [memberOf(Properties, 'ServiceToken'), memberOf(Properties, 'Target', 'Arn')].map((arn) =>
      textOf(listOf(memberOf(arn, 'Fn::GetAtt'))[0]),
    ),
  );
  for (const [id, { Type }] of Object.entries(template.Resources)) {
    if (KNOWN.includes(Type) || MEANINGLESS_HERE.test(Type) || id === functionId || providers.includes(id)) continue;
    throw new Error(`the local run can neither create nor leave out ${id}, a resource of type ${Type}`);
  }
}

/** What `Ref` and `Fn::GetAtt` of every resource with a local meaning answer. */
function namesIn({ stackName, template }: Assembly): Names {
  const pseudo = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/local`,
  };
  const early: Names = { pseudo, attributes: new Map() };
  const attributes = Object.entries(template.Resources).map(([id, resource]) => {
    const given = (property: string): string =>
      textOf(resolve(memberOf(resource.Properties, property), template, early)) ?? `${stackName}-${id}`;
    return [id, attributesOf(resource, given)] as const;
  });
  return { pseudo, attributes: new Map(attributes) };
}

function attributesOf({ Type }: Resource, given: (property: string) => string): Record<string, string> {
  if (Type === 'AWS::S3::Bucket') {
    const name = given('BucketName').toLowerCase().slice(0, 63);
    return { Ref: name, Arn: `arn:aws:s3:::${name}` };
  }
  if (Type === 'AWS::SQS::Queue') {
    const name = given('QueueName');
    // Of the address the emulator looks at the name alone.
    const url = `https://sqs.${REGION}.amazonaws.com/${EMULATED}/${name}`;
    return { Ref: url, QueueName: name, Arn: `arn:aws:sqs:${REGION}:${EMULATED}:${name}` };
  }
  if (Type === 'AWS::SNS::Topic') {
    const name = given('TopicName');
    const arn = `arn:aws:sns:${REGION}:${EMULATED}:${name}`;
    return { Ref: arn, TopicArn: arn, TopicName: name };
  }
  if (Type === 'AWS::Events::EventBus') {
    const name = given('Name');
    return { Ref: name, Name: name, Arn: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${name}` };
  }
  // The next three are not here; the function is told their names, for calls about them.
  if (Type === 'AWS::Pipes::Pipe') return { Ref: given('Name') };
  if (Type === 'AWS::IAM::Role')
    return { Ref: given('RoleName'), Arn: `arn:aws:iam::${ACCOUNT}:role/${given('RoleName')}` };
  if (Type === 'AWS::KMS::Key') return { Ref: given('KeyName') };
  if (Type === 'AWS::CloudTrail::Trail') {
    const name = given('TrailName');
    return { Ref: name, Arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${name}` };
  }
  if (Type === 'AWS::DynamoDB::Table') {
    const name = given('TableName');
    return { Ref: name, Arn: `arn:aws:dynamodb:${REGION}:${EMULATED}:table/${name}` };
  }
  if (Type === 'AWS::Lambda::Function') {
    const name = given('FunctionName');
    return { Ref: name, Arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}` };
  }
  if (Type === 'AWS::Lambda::LayerVersion') {
    return { Ref: `arn:aws:lambda:${REGION}:${ACCOUNT}:layer:${given('LayerName')}:1` };
  }
  return {};
}

function nameOf(names: Names, id: string, attribute: string): string {
  const name = names.attributes.get(id)?.[attribute];
  if (name === undefined) throw new Error(`the local run has no value for ${attribute} of ${id}`);
  return name;
}

const QUEUE_ATTRIBUTES = ['VisibilityTimeout', 'DelaySeconds', 'MessageRetentionPeriod', 'MaximumMessageSize'];

function toQueue({ id, read }: Reading, names: Names): QueuePlan {
  const attributes = QUEUE_ATTRIBUTES.flatMap((name) => {
    const value = read(name);
    return typeof value === 'number' || typeof value === 'string' ? [[name, String(value)] as const] : [];
  });
  const redrive = read('RedrivePolicy');
  return {
    name: nameOf(names, id, 'QueueName'),
    arn: nameOf(names, id, 'Arn'),
    attributes: {
      ...Object.fromEntries(attributes),
      ...(redrive !== undefined && { RedrivePolicy: JSON.stringify(redrive) }),
    },
  };
}

function toTable({ id, read }: Reading, names: Names): TablePlan {
  if (read('GlobalSecondaryIndexes') ?? read('LocalSecondaryIndexes')) {
    throw new Error(`the local run knows no secondary indexes: table ${id} has some`);
  }
  return { name: nameOf(names, id, 'Ref'), attributes: read('AttributeDefinitions'), keys: read('KeySchema') };
}

function toSubscription({ id, read }: Reading): SubscriptionPlan {
  if (read('FilterPolicy') !== undefined) throw new Error(`the local run knows no filter policies: ${id} has one`);
  return {
    topicArn: text(id, 'TopicArn', read('TopicArn')),
    protocol: text(id, 'Protocol', read('Protocol')),
    endpoint: text(id, 'Endpoint', read('Endpoint')),
    isRaw: read('RawMessageDelivery') === true,
  };
}

function toFunction({ id, read }: Reading, assembly: Assembly, names: Names): FunctionSpec {
  const asset = text(id, 'Code.S3Key', read('Code', 'S3Key'));
  const taskRoot = assembly.assetFolders.get(asset);
  if (taskRoot === undefined) throw new Error(`the cloud assembly has no asset ${asset} for function ${id}`);
  const [layer, ...more] = listOf(read('Layers')).map((ref) => layerFolder(id, String(ref), assembly, names));
  if (more.length > 0) throw new Error(`the local run knows one layer of a function: ${id} has ${more.length + 1}`);
  const variables = read('Environment', 'Variables');
  const environment = isObject(variables)
    ? Object.entries(variables).map(([name, value]) => [name, String(value)])
    : [];
  return {
    name: nameOf(names, id, 'Ref'),
    arn: nameOf(names, id, 'Arn'),
    region: REGION,
    taskRoot,
    ...(layer !== undefined && { layer }),
    handler: text(id, 'Handler', read('Handler')),
    timeoutSeconds: Number(read('Timeout') ?? 3),
    memoryMB: Number(read('MemorySize') ?? 128),
    environment: Object.fromEntries(environment) as Record<string, string>,
  };
}

function mailDigestIn(functions: readonly Reading[], assembly: Assembly, names: Names): Pick<Plan, 'mailDigest'> {
  const [found] = functions.filter(({ id }) => id.startsWith('MailDigestFunction'));
  return found ? { mailDigest: toFunction(found, assembly, names) } : {};
}

/** The folder of the layer whose ARN is `arn`. */
function layerFolder(functionId: string, arn: string, { template, assetFolders }: Assembly, names: Names): string {
  const [layerId = ''] = [...names.attributes].find(([, attributes]) => attributes['Ref'] === arn) ?? [];
  const asset = textOf(resolve(memberOf(template.Resources[layerId]?.Properties, 'Content', 'S3Key'), template, names));
  const folder = assetFolders.get(asset ?? '');
  if (folder === undefined)
    throw new Error(`the cloud assembly has no asset of layer ${arn} of function ${functionId}`);
  return folder;
}

function toMapping({ id, read }: Reading): MappingSpec {
  if (read('FilterCriteria') !== undefined) throw new Error(`the local run knows no filter criteria: ${id} has some`);
  return {
    queueArn: text(id, 'EventSourceArn', read('EventSourceArn')),
    batchSize: Number(read('BatchSize') ?? 10),
    batchingWindowSeconds: Number(read('MaximumBatchingWindowInSeconds') ?? 0),
    reportsBatchItemFailures: textsOf(read('FunctionResponseTypes')).includes('ReportBatchItemFailures'),
  };
}

function toEventRule({ read }: Reading, names: Names): EventRule {
  const pattern = read('EventPattern');
  const queues = new Set(
    [...names.attributes.values()].flatMap(({ QueueName, Arn }) => (QueueName && Arn ? [Arn] : [])),
  );
  return {
    bus: textOf(read('EventBusName')) ?? DEFAULT_BUS,
    pattern: isObject(pattern) ? pattern : {},
    queueArns: listOf(read('Targets'))
      .map((target) => textOf(memberOf(target, 'Arn')) ?? '')
      .filter((arn) => queues.has(arn)),
  };
}

function toPipe({ id, read }: Reading): PipeSpec {
  const parameters = (...path: string[]): unknown => read('TargetParameters', ...path);
  if (memberOf(read('SourceParameters'), 'SqsQueueParameters', 'BatchSize') !== 1) {
    throw new Error(`the local run knows pipes that take one message at a time only: ${id} takes more`);
  }
  return {
    queueArn: text(id, 'Source', read('Source')),
    bus: text(id, 'Target', read('Target')).split('/').at(-1) ?? '',
    source: text(id, 'Source', parameters('EventBridgeEventBusParameters', 'Source')),
    detailType: text(id, 'DetailType', parameters('EventBridgeEventBusParameters', 'DetailType')),
    inputTemplate: text(id, 'InputTemplate', parameters('InputTemplate')),
  };
}

function toAlarm({ id, read }: Reading): AlarmPlan {
  const dimensions = listOf(read('Dimensions')).map((dimension) => [
    textOf(memberOf(dimension, 'Name')),
    textOf(memberOf(dimension, 'Value')),
  ]);
  return {
    id,
    ...optional('metricName', textOf(read('MetricName'))),
    dimensions: Object.fromEntries(dimensions) as Record<string, string>,
    definition: read(),
  };
}

/** Notifications are a property of the bucket, or a custom resource of CDK's own. */
function notificationsIn(resources: readonly Reading[], names: Names): readonly NotificationRule[] {
  return resources.flatMap(({ id, type, read }) => {
    const isBucket = type === 'AWS::S3::Bucket';
    if (!isBucket && type !== 'Custom::S3BucketNotifications') return [];
    const configuration = read('NotificationConfiguration') ?? {};
    const others = Object.keys(configuration).filter((key) => key !== 'QueueConfigurations');
    if (others.length > 0) throw new Error(`the local run notifies queues only: ${id} has ${others.join(', ')}`);
    const bucket = isBucket ? nameOf(names, id, 'Ref') : text(id, 'BucketName', read('BucketName'));
    const owner = resources.find((other) => names.attributes.get(other.id)?.['Ref'] === bucket);
    const isVersioned = memberOf(owner?.read('VersioningConfiguration'), 'Status') === 'Enabled';
    return listOf(memberOf(configuration, 'QueueConfigurations')).map((rule) => ({
      ...toRule(id, rule),
      bucket,
      isVersioned,
    }));
  });
}

/** S3's API and CloudFormation spell the same rule differently. */
function toRule(id: string, rule: unknown): Omit<NotificationRule, 'bucket' | 'isVersioned'> {
  const filters = listOf(memberOf(rule, 'Filter', 'Key', 'FilterRules') ?? memberOf(rule, 'Filter', 'S3Key', 'Rules'));
  const filter = (name: string): string =>
    textOf(
      memberOf(
        filters.find((one) => textOf(memberOf(one, 'Name'))?.toLowerCase() === name),
        'Value',
      ),
    ) ?? '';
  return {
    id: textOf(memberOf(rule, 'Id')) ?? id,
    queueArn: text(id, 'QueueArn', memberOf(rule, 'QueueArn') ?? memberOf(rule, 'Queue')),
    events: textsOf(memberOf(rule, 'Events') ?? memberOf(rule, 'Event')),
    prefix: filter('prefix'),
    suffix: filter('suffix'),
  };
}

function text(id: string, property: string, value: unknown): string {
  const found = textOf(value);
  if (found === undefined) throw new Error(`${property} of ${id} is ${JSON.stringify(value)}, allowed: a text`);
  return found;
}

function only<Item>(what: string, items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`the stack has ${items.length} of ${what}, allowed: 1`);
  return item;
}
