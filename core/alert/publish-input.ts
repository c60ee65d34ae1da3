import type { Alert } from './alert';

/** What SNS's `Publish` is given, without the topic: one message for every kind of subscription. */
export function toPublishInput({ subject, message, attributes }: Alert) {
  return {
    Subject: subject,
    MessageStructure: 'json',
    Message: message,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    ),
  };
}
