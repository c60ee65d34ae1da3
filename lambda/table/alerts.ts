import { randomUUID } from 'node:crypto';
import { GetItemCommand, UpdateItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import type { Claim, SentAlerts } from '../delivery/once';
import { TIME_TO_LIVE } from '../environment';
import { isRefused, isToldItem, keyOfAlert, keyOfBurstAlert, keptFrom, TOLD_SECONDS, type Key } from './items';

/**
 * The record of alerts that were sent, in the table.
 * @param leaseUntil milliseconds since 1970 after which this invocation cannot be alive any more
 * @param now the clock, in milliseconds since 1970
 */
export function sentAlertsIn(
  client: DynamoDBClient,
  tableName: string,
  leaseUntil: number,
  now: () => number = Date.now,
): SentAlerts {
  const claimant: AttributeValue = { S: randomUUID() };

  return {
    claim: async (claim) => {
      const names = namesOf(claim);
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: keyOf(claim),
            UpdateExpression: 'SET #lease = :lease, #claimant = :ours, #expires = :expires',
            // The claim may be ours already: a request whose answer was lost is sent again.
            ConditionExpression:
              '(attribute_not_exists(#told) OR #told < :severity) AND (attribute_not_exists(pk) OR #lease < :now OR #claimant = :ours' +
              ` OR (attribute_not_exists(#lease) AND (${NOT_OF_VERSION_01})))`,
            ExpressionAttributeNames: { ...names, '#expires': TIME_TO_LIVE },
            ExpressionAttributeValues: {
              ':lease': { N: String(leaseUntil) },
              ':ours': claimant,
              ':expires': keptFrom(now(), TOLD_SECONDS),
              ':severity': rankOf(claim.severity),
              ':now': { N: String(now()) },
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        const told = severityOf(Attributes?.[names['#told']]);
        return told ? { told } : {};
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(claim), ConsistentRead: true }),
      );
      const told = Number(Item?.[names['#told']]?.N ?? -1);
      if (Item && (told >= Number(rankOf(claim.severity).N) || isOfVersion01(Item))) return 'sent';
      throw new Error(`alert ${claim.uid} is being sent by another invocation`);
    },
    confirm: async (claim) => {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: keyOf(claim),
            UpdateExpression: `SET #told = :severity, #expires = :expires${claim.shown ? ', shown = :shown' : ''} REMOVE #lease, #claimant`,
            ConditionExpression: 'attribute_not_exists(#told) OR #told < :severity',
            ExpressionAttributeNames: { ...namesOf(claim), '#expires': TIME_TO_LIVE },
            ExpressionAttributeValues: {
              ':severity': rankOf(claim.severity),
              ':expires': keptFrom(now(), TOLD_SECONDS),
              ...(claim.shown && { ':shown': { S: claim.shown } }),
            },
          }),
        );
      } catch (error) {
        // As severe or worse has been recorded meanwhile.
        if (!isRefused(error)) throw error;
      }
    },
    release: async (claim) => {
      const { '#lease': lease, '#claimant': claimedBy } = namesOf(claim);
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: keyOf(claim),
            // What was told before stays, so the item is not deleted.
            UpdateExpression: 'SET #lease = :never',
            ConditionExpression: '#claimant = :ours',
            ExpressionAttributeNames: { '#lease': lease, '#claimant': claimedBy },
            ExpressionAttributeValues: { ':ours': claimant, ':never': { N: '0' } },
          }),
        );
      } catch (error) {
        // The claim ran out and is another's by now, or the alert was sent meanwhile: nothing of ours is left.
        if (!isRefused(error)) throw error;
      }
    },
  };
}

const keyOf = ({ kind, uid, to }: Claim): Key => (kind === 'burst' ? keyOfBurstAlert(uid, to) : keyOfAlert(uid, to));

/** What was told, and who tells it: of an attempt under other names than of a call that took effect. */
const namesOf = ({ kind }: Claim) =>
  kind === 'attempt'
    ? ({ '#told': 'attempted', '#lease': 'attemptUntil', '#claimant': 'attemptClaimant' } as const)
    : ({ '#told': 'told', '#lease': 'leaseUntil', '#claimant': 'claimant' } as const);

const rankOf = (severity: AlertSeverity): AttributeValue & { readonly N: string } => ({
  N: String(SEVERITIES.indexOf(severity)),
});

const severityOf = (attribute: AttributeValue | undefined): AlertSeverity | undefined => {
  const severity = attribute?.N === undefined ? undefined : SEVERITIES[Number(attribute.N)];
  return severity === 'INFORMATIONAL' ? undefined : severity;
};

const NOT_OF_VERSION_01 = ['told', 'attempted', 'leaseUntil', 'attemptUntil']
  .map((name) => `attribute_exists(${name})`)
  .join(' OR ');

/** Version 0.1 kept no severity: what it sent counts as told, whatever it was. */
const isOfVersion01 = (item: Record<string, AttributeValue>): boolean =>
  isToldItem(item) && !item['told'] && !item['attempted'];
