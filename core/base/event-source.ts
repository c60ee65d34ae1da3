import { isObject } from './members';

/** The event source of both API generations. `ses.` and `states.amazonaws.com` end the same way and are not it. */
export const EVENT_SOURCE = 'es.amazonaws.com';

/** All that a configuration call may name: EventBridge's reference has a second, which no record was seen with yet. */
export const EVENT_SOURCES = [EVENT_SOURCE, 'opensearchservice.amazonaws.com'] as const;

/** Whether `record` is of the service, by its event source alone. */
export function isOfService(record: unknown): record is Readonly<Record<string, unknown>> {
  return isObject(record) && EVENT_SOURCES.some((source) => source === record['eventSource']);
}

/** Calls by event source: the names of operations, without the API version that some services append. */
export type Calls = Readonly<Record<string, readonly string[]>>;

/** Whether `record` is of one of `calls`. A call of the service is not another's, whatever is asked for. */
export function isCallOf(calls: Calls, record: unknown): record is Readonly<Record<string, unknown>> {
  if (!isObject(record) || isOfService(record)) return false;
  const { eventSource, eventName } = record;
  if (typeof eventSource !== 'string' || typeof eventName !== 'string') return false;
  return isOneOf(calls, { eventSource, eventName: withoutVersion(eventName) });
}

export function isOneOf(
  calls: { readonly [source: string]: readonly string[] | undefined },
  { eventSource, eventName }: { readonly eventSource: string; readonly eventName: string },
): boolean {
  return Object.hasOwn(calls, eventSource) && calls[eventSource]?.includes(eventName) === true;
}

/** An event name without the API version that some services append, as in `CreateFunction20150331`. */
export function withoutVersion(eventName: string): string {
  return eventName.replace(/(\d{8}|\d{4}_\d{2}_\d{2})(v\d+)?$/, '');
}
