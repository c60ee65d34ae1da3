import { GetQueueAttributesCommand, TagQueueCommand } from '@aws-sdk/client-sqs';
import { memberOf, numberOf, textOf } from '../../core/base/members';
import type { ExpectedOf, Members } from '../../core/state';
import { sqs } from './clients';
import { readJson } from './read-json';

export async function readQueue({ name }: ExpectedOf<'queue'>): Promise<Members['queue']> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: name,
      AttributeNames: ['MessageRetentionPeriod', 'VisibilityTimeout', 'RedrivePolicy', 'Policy'],
    }),
  );
  const redrive = readJson(Attributes?.['RedrivePolicy']);
  const deadLetterTargetArn = textOf(memberOf(redrive, 'deadLetterTargetArn'));
  return {
    retentionSeconds: Number(Attributes?.['MessageRetentionPeriod']),
    visibilitySeconds: Number(Attributes?.['VisibilityTimeout']),
    redrive:
      deadLetterTargetArn === undefined
        ? null
        : { deadLetterTargetArn, maxReceiveCount: numberOf(memberOf(redrive, 'maxReceiveCount')) ?? 0 },
    policy: readJson(Attributes?.['Policy']),
  };
}

/**
 * A write that CloudTrail records as a management event and that changes nothing of what the queue does: there is always
 * something to read in the log files of this account and region.
 * @param now in milliseconds since 1970
 */
export async function beat(queueUrl: string, now: number): Promise<void> {
  const Tags = { 'es-config-monitor:heartbeat': new Date(now).toISOString() };
  await sqs.send(new TagQueueCommand({ QueueUrl: queueUrl, Tags }));
}
