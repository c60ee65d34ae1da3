import { createHash } from 'node:crypto';
import { toCaller, type Caller } from './caller';
import { accessOf, operationOf, type Access, type Operation } from './catalogue';
import { deniedResource, domainOf, type Domain } from './domain';
import { EVENT_SOURCE, isCallOf, isOfService, withoutVersion } from '../base/event-source';
import { flagOf, isAbsent, isObject, memberOf, optional, textOf } from '../base/members';
import { answerUnderCurrentNames, underCurrentNames } from './generations';
import { isRefusedAsBusy, outcomeOf, type Outcome } from './outcome';
import { isRehearsal } from './rehearsal';
import { resourcesOf } from './resources';
import { shapeOf } from './shape';
import { DATA_CALLS, WATCHED_CALLS } from '../base/watched-calls';

/**
 * A call as one CloudTrail record tells it: of the configuration API, or of another service, about something else than a
 * domain. Texts are as recorded: written by strangers.
 */
export interface Call {
  /** The service that was called, `es.amazonaws.com` for the configuration API under whichever name. */
  readonly eventSource: string;
  /** As recorded, of either API generation. */
  readonly eventName: string;
  /** The current name of the operation; `undefined` where the catalogue does not know `eventName`. */
  readonly operation?: Operation;
  /** The operation as which the rules judge the call: its own, or one whose request it has. @default - it looks like none */
  readonly judgedAs?: Operation;
  /**
   * An operation the catalogue does not know reads only if it is called `Describe…`, `List…` or `Get…` and its request
   * holds nothing the rules judge.
   */
  readonly access: Access;
  readonly outcome: Outcome;
  /** A dry run or an eligibility check: it changes nothing, whatever else it holds. */
  readonly isRehearsal: boolean;
  /** Refused because an earlier change is still being applied: a retry will do. */
  readonly isRefusedAsBusy: boolean;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly caller: Caller;
  /** What a call of the configuration API is about. @default - the call is of another service */
  readonly domain?: Domain;
  /** What a call of another service is about: names, ARNs and addresses as recorded. @default - of the configuration API */
  readonly resources?: readonly string[];
  readonly region: string;
  /** The account whose trail recorded the call. */
  readonly accountId: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  /** ISO 8601, UTC, as recorded. */
  readonly eventTime: string;
  readonly eventID?: string;
  readonly requestID?: string;
  /** Why CloudTrail delivers the record late or again: `DELIVERY_DELAY`, `UPDATED_DATA` or `SERVICE_OUTAGE`. */
  readonly addendum?: string;
  /**
   * The same for every copy of this call that any trail delivers: `sharedEventID`, else the `eventID` of the record that an
   * addendum corrects, else its own, else a digest.
   */
  readonly uid: string;
  /** `requestParameters` as recorded, renamed members under their current names; absent ones mean "unchanged" on an update. */
  readonly request: unknown;
  /** `responseElements`, likewise. Its presence does not mean success. */
  readonly response: unknown;
  /** The whole record, for watch patterns and to find what must be redacted. It holds secrets: never shown, logged or sent. */
  readonly record: unknown;
  /** CloudTrail left the request out, as above 100 KB, wrote it in a shape that cannot be read, or has none of a change. */
  readonly parametersOmitted: boolean;
}

/** A call of the configuration API. */
export type DomainCall = Call & { readonly domain: Domain };

export const isOfDomain = (call: Call): call is DomainCall => call.domain !== undefined;

/**
 * The call in a record of the service, or in one of the calls of other services that are watched; `undefined` for a record
 * that is neither, and for a copy outside the management events. The calls of `DATA_CALLS` have data events alone. Never throws.
 */
export function toCall(record: unknown): Call | undefined {
  const isConfigurationCall = isOfService(record);
  if (!isConfigurationCall && !isCallOf(WATCHED_CALLS, record)) return undefined;
  if (kindOf(record) !== (isCallOf(DATA_CALLS, record) ? 'data' : 'management')) return undefined;

  const text = (name: string): string | undefined => textOf(memberOf(record, name));
  const eventName = withoutVersion(text('eventName') ?? '');
  const operation = isConfigurationCall ? operationOf(eventName) : undefined;
  const caller = toCaller(record);
  const accountId = text('recipientAccountId') ?? caller.accountId ?? '';
  const region = text('awsRegion') ?? '';
  const isLegacy = operation !== undefined && operation !== eventName;
  const asked = underCurrentNames(memberOf(record, 'requestParameters'), isLegacy);
  const { request, ...shape } = isConfigurationCall
    ? shapeOf(operation, eventName, asked)
    : { request: asked, access: 'change' as const };
  const response = answerUnderCurrentNames(memberOf(record, 'responseElements'), isLegacy);
  const outcome = outcomeOf(text('errorCode'));
  const original = textOf(memberOf(record, 'addendum', 'originalEventID'));
  const addendum = textOf(memberOf(record, 'addendum', 'reason'));
  return {
    eventSource: isConfigurationCall ? EVENT_SOURCE : (text('eventSource') ?? ''),
    eventName,
    ...shape,
    outcome,
    isRehearsal: isRehearsal(operation, request),
    isRefusedAsBusy: outcome === 'failed' && isRefusedAsBusy(text('errorCode'), text('errorMessage')),
    caller,
    region,
    accountId,
    eventTime: text('eventTime') ?? '',
    uid: text('sharedEventID') ?? original ?? text('eventID') ?? digestOf(record, eventName, accountId),
    request,
    response,
    record,
    parametersOmitted: isOmitted(request) || (outcome === 'succeeded' && isMissing(request, response, operation)),
    ...(isConfigurationCall
      ? { domain: domainOf(request, response, deniedResource(text('errorMessage'), caller.arn), region, accountId) }
      : { resources: resourcesOf(text('eventSource') ?? '', record) }),
    ...optional('operation', operation),
    ...optional('errorCode', text('errorCode')),
    ...optional('errorMessage', text('errorMessage')),
    ...optional('sourceIPAddress', text('sourceIPAddress')),
    ...optional('userAgent', text('userAgent')),
    ...optional('eventID', text('eventID')),
    ...optional('requestID', text('requestID')),
    ...optional('addendum', addendum),
  };
}

/** Older records have none of the three members: then it is one of management. Copies on the network path are neither. */
function kindOf(record: unknown): 'management' | 'data' | 'other' {
  const category = textOf(memberOf(record, 'eventCategory'))?.toLowerCase();
  if (category === 'data') return 'data';
  if (category !== undefined) return /^(networkactivity|insight|aggregated)$/.test(category) ? 'other' : 'management';
  if (/^AwsVpceEvents?$/i.test(textOf(memberOf(record, 'eventType')) ?? '')) return 'other';
  return flagOf(memberOf(record, 'managementEvent')) === false ? 'data' : 'management';
}

/** Said outright, or by the size it had. A request in no shape the API has is one nobody can read, too. */
function isOmitted(request: unknown): boolean {
  if (!isAbsent(request) && !isObject(request)) return true;
  const omitted = flagOf(memberOf(request, 'omitted'));
  return (
    omitted ?? [memberOf(request, 'reason'), memberOf(request, 'originalSize')].every((member) => !isAbsent(member))
  );
}

/**
 * Every change names what it changes, but for the deletion of the service-linked role; of an operation that is not known
 * it cannot be told. Where the response shows the domain as it is now, nothing is missing.
 */
function isMissing(request: unknown, response: unknown, operation: Operation | undefined): boolean {
  if (!isAbsent(request) || isObject(memberOf(response, 'domainStatus'))) return false;
  return operation !== undefined && accessOf(operation) === 'change' && operation !== 'DeleteElasticsearchServiceRole';
}

/** Stands in for an event id: two deliveries of one record have the same digest, two calls do not. */
function digestOf(record: unknown, eventName: string, accountId: string): string {
  const parts = [
    memberOf(record, 'requestID'),
    eventName,
    memberOf(record, 'eventTime'),
    accountId,
    memberOf(record, 'requestParameters'),
  ];
  const hash = createHash('sha256');
  // A list instead of recursion: a record may be nested deeper than the stack is.
  const left: unknown[] = [parts];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) {
      hash.update(`${JSON.stringify(value)},`);
      continue;
    }
    const members = Object.entries(value);
    hash.update(`${Array.isArray(value) ? 'list' : 'object'} of ${members.length},`);
    for (const [name, member] of members) left.push(member, name);
  }
  return hash.digest('hex');
}
