import { EVENT_SOURCE } from '../../core/base/event-source';

export type Members = Readonly<Record<string, unknown>>;

/** Records made to cost as much as can be, by what was found to, and what might: each as large as it is told, more or less. */
export type Tricks = Readonly<Record<string, (bytes: number) => Members>>;

/** Stands for lists in lists, deeper than they can be written from. */
export const NESTED = '(nested)';

/** The record as JSON. */
export function jsonOf(record: Members, bytes: number): string {
  return JSON.stringify(record).replace(`"${NESTED}"`, '['.repeat(bytes / 2) + ']'.repeat(bytes / 2));
}

export const ARN_OF_DOMAIN = 'arn:aws:es:eu-west-1:111122223333:domain/logs';

export function called(eventName: string, requestParameters: unknown, record: Members = {}): Members {
  return {
    eventVersion: '1.11',
    eventSource: EVENT_SOURCE,
    eventName,
    eventTime: '2026-11-20T14:01:11Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    eventID: '9d3b7c64-0000-4000-9000-000000000001',
    userIdentity: { type: 'IAMUser', userName: 'user', arn: 'arn:aws:iam::111122223333:user/user' },
    requestParameters,
    responseElements: { domainConfig: { vPCOptions: { options: {} } } },
    ...record,
  };
}

/** A call of another service. */
export const calledOf = (service: string, eventName: string, requestParameters: Members): Members =>
  called(eventName, requestParameters, { eventSource: `${service}.amazonaws.com`, responseElements: null });

export const asked = (requestParameters: Members, record: Members = {}): Members =>
  called('UpdateDomainConfig', { domainName: 'logs', ...requestParameters }, record);

/** An update of the policy whose response shows it otherwise. */
export const answered = (accessPolicies: string, shown: string): Members =>
  asked(
    { accessPolicies },
    { responseElements: { domainConfig: { accessPolicies: { options: shown }, vPCOptions: { options: {} } } } },
  );

export const failed = (errorMessage: string): Members =>
  asked({}, { errorCode: 'ValidationException', errorMessage, responseElements: null });

export const denied = (errorMessage: string): Members =>
  called('DeleteDomain', null, { errorCode: 'AccessDenied', errorMessage });

export const sessionOf = (name: string): Members => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name.slice(0, 80_000)}`,
  arn: `arn:aws:sts::111122223333:assumed-role/${name}`,
});

/** Every text of the record that the alert shows. */
export const named = (text: string): Members => ({
  userAgent: text,
  sourceIPAddress: text,
  userIdentity: { type: 'IAMUser', userName: text, arn: text },
});

export const policyOf = (count: number, toStatement: (at: number) => Members): string =>
  JSON.stringify({ Statement: listOf(count, (at) => ({ ...STATEMENT, ...toStatement(at) })) });

const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' };

export const policyWith = (statement: Members): string => policyOf(1, () => statement);

/** A piece over and over, of so many characters or a few more. */
export const filled = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

export const listOf = <Item>(count: number, toItem: (at: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, at) => toItem(at));

export const numbered = (prefix: string, count: number): readonly string[] =>
  listOf(count, (at) => `${prefix}${String(at).padStart(11, '0')}`);

export const membersOf = (count: number, toEntry: (at: number) => readonly [string, unknown]): Members =>
  Object.fromEntries(listOf(count, toEntry));

/** JSON in JSON in JSON. */
export const nestedText = (text: string, times: number): string =>
  listOf(times, () => 0).reduce<string>((inner) => JSON.stringify(inner), text);

/** The text in letters of either case, another way for each number. */
export const spelled = (text: string, number: number): string =>
  [...text].map((letter, place) => ((number >> place) & 1 ? letter.toUpperCase() : letter)).join('');
