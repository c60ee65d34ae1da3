import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  type AttributeDefinition,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Emulators } from './emulators';
import { REGION, type Plan } from './plan';

/** Signing in to the emulators, which let everyone in. Never those of the person who runs this. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The stack's buckets, queues, topics and tables in the emulators. */
export interface Resources {
  readonly sqs: SQSClient;
  readonly tables: DynamoDBClient;
  /** @throws Error when the stack has no such queue */
  queueUrl(arn: string): string;
  /** How many messages of a queue can be received: the metric `ApproximateNumberOfMessagesVisible`. */
  visibleMessages(queueArn: string): Promise<number>;
  /** How many messages of a queue can be received, or are in somebody's hands. */
  pendingMessages(queueArn: string): Promise<number>;
  send(queueArn: string, message: object): Promise<void>;
  sendText(queueArn: string, message: string): Promise<void>;
  /** Takes up to ten messages out of a queue. */
  take(queueArn: string): Promise<readonly Message[]>;
  /** Puts a gzipped log file into a bucket, as CloudTrail does. */
  putLogFile(bucket: string, key: string, body: Uint8Array): Promise<void>;
  /** Everything in the stack's tables, in DynamoDB's own words. */
  tableItems(): Promise<readonly object[]>;
  /** Creates a topic of the stack and its subscriptions. */
  createTopic(arn: string): Promise<void>;
  /** Deletes a topic and its subscriptions. */
  deleteTopic(arn: string): Promise<void>;
  close(): void;
}

type MessageCount = 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible';

/** Creates all that `plan` holds. */
export async function createResources(plan: Plan, { endpoint, tableEndpoint }: Emulators): Promise<Resources> {
  // Node.js 20 would be warned about at each start.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // Settings of the machine for the real AWS must not reach what is local.
  const common = {
    endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  };
  const s3 = new S3Client(common);
  // Otherwise the client goes where the URL of the queue points, which is not this machine.
  const sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(common);
  const tables = new DynamoDBClient({ ...common, endpoint: tableEndpoint });
  const urls = new Map<string, string>();

  function queueUrl(arn: string): string {
    const url = urls.get(arn);
    if (url === undefined) throw new Error(`the stack has no queue ${arn}`);
    return url;
  }

  async function sendText(arn: string, MessageBody: string): Promise<void> {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(arn), MessageBody }));
  }

  async function createTopic(arn: string): Promise<void> {
    const topic = plan.topics.find((one) => one.arn === arn);
    if (topic === undefined) throw new Error(`the stack has no topic ${arn}`);
    await sns.send(new CreateTopicCommand({ Name: topic.name }));
    for (const { protocol, endpoint: Endpoint, isRaw } of plan.subscriptions.filter((one) => one.topicArn === arn)) {
      const attributes = isRaw ? { Attributes: { RawMessageDelivery: 'true' } } : {};
      await sns.send(new SubscribeCommand({ TopicArn: arn, Protocol: protocol, Endpoint, ...attributes }));
    }
  }

  async function messages(arn: string, AttributeNames: readonly MessageCount[]): Promise<number> {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl(arn), AttributeNames: [...AttributeNames] });
    const { Attributes } = await sqs.send(command);
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  }

  for (const Bucket of plan.buckets) await s3.send(new CreateBucketCommand({ Bucket }));
  for (const { name, arn, attributes } of plan.queues) {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    urls.set(arn, QueueUrl ?? '');
  }
  for (const { arn } of plan.topics) await createTopic(arn);
  for (const { name, attributes, keys } of plan.tables) {
    await tables.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: attributes as AttributeDefinition[],
        KeySchema: keys as KeySchemaElement[],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  }

  return {
    sqs,
    tables,
    queueUrl,
    visibleMessages: (arn) => messages(arn, ['ApproximateNumberOfMessages']),
    pendingMessages: (arn) => messages(arn, ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']),
    async send(arn, message) {
      await sendText(arn, JSON.stringify(message));
    },
    sendText,
    async take(arn) {
      const QueueUrl = queueUrl(arn);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return Messages;
    },
    async putLogFile(Bucket, Key, Body) {
      const metadata = { ContentType: 'application/json', ContentEncoding: 'gzip' };
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...metadata }));
    },
    async tableItems() {
      const scans = await Promise.all(plan.tables.map(({ name }) => tables.send(new ScanCommand({ TableName: name }))));
      return scans.flatMap(({ Items = [] }) => Items);
    },
    createTopic,
    async deleteTopic(arn) {
      await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    },
    close() {
      for (const client of [s3, sqs, sns, tables]) client.destroy();
    },
  };
}
