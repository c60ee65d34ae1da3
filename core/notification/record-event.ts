import { isObject } from '../base/members';

/** What EventBridge calls a record of CloudTrail's. Of the same sources it carries events of other kinds, which are none. */
export const RECORD_DETAIL_TYPE = 'AWS API Call via CloudTrail';

/** By source of the event, what both API generations may come as. Nobody but AWS may put events of a source that begins so. */
export const RECORD_EVENT_SOURCES = ['aws.es', 'aws.opensearchservice'] as const;

/** Whether EventBridge says that this is a record. */
export const isRecordEvent = (message: Readonly<Record<string, unknown>>): boolean =>
  message['detail-type'] === RECORD_DETAIL_TYPE;

/** The record of an event, as a log file has it; `undefined` where there is none. */
export function recordIn({ detail }: Readonly<Record<string, unknown>>): object | undefined {
  return isObject(detail) && typeof detail['eventSource'] === 'string' ? detail : undefined;
}
