/* What a bucket tells of its objects now, and what of it S3 would not have beside the news of log files. */

import { isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { plain } from '../base/plain-text';
import { LOG_FILE_SUFFIX } from '../notification';

/** The members of what `get-bucket-notification-configuration` answers. */
const LISTS = [
  ['QueueConfigurations', 'QueueArn'],
  ['TopicConfigurations', 'TopicArn'],
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
] as const;

/** Whether a document is such an answer, by its shape. */
export const isBucketNotifications = (value: unknown): boolean =>
  [...LISTS.map(([list]) => list), 'EventBridgeConfiguration'].some(
    (name) => isObject(value) && Object.hasOwn(value, name),
  );

/**
 * The notifications that S3 would refuse beside one on log files under `prefix`, a sentence each without a full stop: it tells
 * of an object only once for each kind of event, so no two may have prefixes and suffixes that one key fits.
 */
export function refusalsIn(notifications: unknown, prefix: string): readonly string[] {
  return LISTS.flatMap(([list, target]) =>
    listOf(memberOf(notifications, list))
      .filter(tellsOfNewObjects)
      .filter((each) => overlaps(ruleOf(each, 'prefix'), prefix, 'startsWith'))
      .filter((each) => overlaps(ruleOf(each, 'suffix'), LOG_FILE_SUFFIX, 'endsWith'))
      .map((each) => {
        const to = plain(textOf(memberOf(each, target)) ?? 'an unknown target', 200);
        const id = textOf(memberOf(each, 'Id'));
        const named = id === undefined ? '' : `, in the notification ${plain(id, 100)}`;
        return (
          `the bucket tells ${to} of new objects under '${plain(ruleOf(each, 'prefix'), 200)}'${named}, and S3 would refuse a second ` +
          `notification on log files under '${plain(prefix, 200)}'; unless that is this monitor's own queue, set 'notifications' to 'eventbridge' or to a topic`
        );
      }),
  );
}

/** `s3:ObjectCreated:Put` is among `s3:ObjectCreated:*`. */
const tellsOfNewObjects = (notification: unknown): boolean =>
  textsOf(memberOf(notification, 'Events')).some((event) => event.startsWith('s3:ObjectCreated:'));

/** Whether a key may have both, at the end that the method looks at. */
const overlaps = (one: string, other: string, method: 'startsWith' | 'endsWith'): boolean =>
  one[method](other) || other[method](one);

/** `Prefix` or `prefix`; without a rule it is every key. */
function ruleOf(notification: unknown, name: 'prefix' | 'suffix'): string {
  const rules = listOf(memberOf(notification, 'Filter', 'Key', 'FilterRules'));
  const rule = rules.find((each) => textOf(memberOf(each, 'Name'))?.toLowerCase() === name);
  return textOf(memberOf(rule, 'Value')) ?? '';
}
