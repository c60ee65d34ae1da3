import { randomBytes } from 'node:crypto';
import type { CreatedObject } from './emulators-process';

/** Where a bucket announces which of its objects. */
export interface NotificationRule {
  readonly id: string;
  readonly bucket: string;
  readonly queueArn: string;
  /** As in the template: `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  /** The bucket keeps versions, so the message names one. */
  readonly isVersioned: boolean;
}

/** `rule` asks to be told about `object`. */
export function announces(rule: NotificationRule, object: CreatedObject): boolean {
  return (
    rule.bucket === object.bucket &&
    object.key.startsWith(rule.prefix) &&
    object.key.endsWith(rule.suffix) &&
    rule.events.some((event) => event === 's3:ObjectCreated:*' || event === `s3:ObjectCreated:${object.how}`)
  );
}

/** The message S3 sends about `object`. */
export function toNotification(rule: NotificationRule, object: CreatedObject, region: string): object {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date().toISOString(),
        eventName: `ObjectCreated:${object.how}`,
        userIdentity: { principalId: 'AWS:AROAEXAMPLE:regionalDeliverySession' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': hex(8), 'x-amz-id-2': hex(32) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: rule.id,
          bucket: {
            name: object.bucket,
            ownerIdentity: { principalId: 'A1EXAMPLE' },
            arn: `arn:aws:s3:::${object.bucket}`,
          },
          object: {
            key: encodeKey(object.key),
            size: object.size,
            eTag: object.eTag,
            ...(rule.isVersioned && { versionId: hex(16) }),
            sequencer: `00${Date.now().toString(16).toUpperCase()}${hex(2)}`,
          },
        },
      },
    ],
  };
}

/** What S3 sends once, when notifications of a bucket are set up. It has no `Records`. */
export function toTestEvent(rule: NotificationRule): object {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: rule.bucket,
    RequestId: hex(8),
    HostId: hex(32),
  };
}

/** As forms are encoded: a space is `+`, a slash stays. */
function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex').toUpperCase();
