import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { keyOf, logFileOf, OPEN, updateOf } from '../risky-log-file';
import type { Template } from '../template';
import type { Aws } from './aws';
import { ACCOUNT } from './emulator';
import { inboxOf } from './inbox';
import type { OrderName } from './orders';
import type { Stacks } from './stacks';
import { queueUrl, type SUBSCRIBERS } from './surroundings';

/** What a scenario does things with. */
export interface World {
  readonly aws: Aws;
  readonly stacks: Stacks;
  readonly endpoint: string;
  /** Publishes the assets of what was ordered under `name`, and its template. @param change what is done to the template before */
  readonly deployed: (
    name: OrderName,
    change?: (template: Template) => Template,
  ) => Promise<{ readonly TemplateURL: string }>;
  /** Copies the release into the bucket of the code, with its template. */
  readonly released: () => Promise<{ readonly TemplateURL: string; readonly settingsArchive: string }>;
  /** Tells of a fact that was seen. */
  readonly tell: (fact: string) => void;
}

export type Scenario = (world: World) => Promise<void>;

export function subscriber({ aws, endpoint }: World, name: (typeof SUBSCRIBERS)[number]) {
  return inboxOf(aws.sqs, queueUrl(endpoint, name));
}

/** Uploads a log file in which somebody opens `domain` to everybody. @returns the call's eventID */
export async function callOn(world: World, bucket: string, domain: string): Promise<string> {
  const [uid = ''] = await callsOn(world, bucket, [domain]);
  return uid;
}

/** The same of several domains, in one log file. @returns the eventIDs, of which the first names the file */
export async function callsOn({ aws }: World, Bucket: string, domains: readonly string[]): Promise<readonly string[]> {
  const eventTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const calls = domains.map((domain) => ({ eventID: randomUUID(), eventTime, domain }));
  const Body = logFileOf(calls.map((call) => updateOf(call, { accessPolicies: OPEN })));
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: keyOf(calls[0]?.eventID ?? '', ACCOUNT), Body }));
  return calls.map(({ eventID }) => eventID);
}

/** What outlives a stack, and docs/configuration.md calls kept. */
export const KEPT = ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup', 'AWS::Logs::LogGroup'];

/** Deletes a stack, and asserts that nothing of it is left but what is `kept`. */
export async function deleteStack(
  { aws, stacks }: World,
  name: string,
  toKeep: readonly string[] = KEPT,
): Promise<void> {
  await stacks.delete(name);
  const { StackEvents = [] } = await aws.stacks.send(new DescribeStackEventsCommand({ StackName: name }));
  const kept = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED');
  assert.deepEqual(kept.map(({ ResourceType }) => String(ResourceType)).sort(), [...toKeep].sort());
}

/** How many messages of a queue wait, and on how many somebody works. */
export async function messagesIn(
  { aws }: World,
  queueArn: string,
): Promise<{ readonly waiting: number; readonly inFlight: number }> {
  const { Attributes } = await aws.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: `https://localhost/${ACCOUNT}/${queueArn.split(':').at(-1)}`,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    waiting: Number(Attributes?.ApproximateNumberOfMessages),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  };
}
