import { REGION } from '../plan';
import { eventOf } from '../risky-log-file';
import { toNotification, type NotificationRule } from '../s3-notification';
import type { Announced } from './scenario';

/** What is put into the queue about an object, a record that comes as an event, or something that is no notification. */
export function messageAbout({ key, record }: Announced, rule: Partial<NotificationRule> = {}): string {
  if (record !== undefined) return JSON.stringify(eventOf(record));
  if (key === undefined) return '{"hello":"world"}';
  const whole = {
    id: 'log-files',
    bucket: 'trail',
    queueArn: '',
    events: [],
    prefix: '',
    suffix: '',
    isVersioned: false,
  };
  const object = { bucket: rule.bucket ?? whole.bucket, key, size: 1000, eTag: '0', how: 'Put' } as const;
  return JSON.stringify(toNotification({ ...whole, ...rule, isVersioned: false }, object, REGION));
}
