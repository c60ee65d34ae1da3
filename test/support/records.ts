import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';
import { isObject } from '../../core/base/members';

const FOLDER = join(ROOT, 'test', 'fixtures', 'records');

/** The account whose trail recorded the fixtures, one that the tests trust, and one that nobody does. */
export const OWN = '111122223333';
export const PARTNER = '444455556666';
export const STRANGER = '777788889999';

export type JsonObject = Readonly<Record<string, unknown>>;

/** By path, such as `requestParameters/domainEndpointOptions/enforceHTTPS`; `undefined` takes the member out. */
export type Changes = Readonly<Record<string, unknown>>;

/** Names of all fixtures, without extension. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort();

/**
 * A fixture, a whole CloudTrail record, with `changes` made to it.
 * @throws Error where there is no such fixture, or a change changes nothing
 */
export function recordOf(fixture: string, changes: Changes = {}): JsonObject {
  return changed(JSON.parse(readFileSync(join(FOLDER, `${fixture}.json`), 'utf8')) as JsonObject, changes);
}

/** A copy of `record` with `changes` made to it. */
export function changed(record: JsonObject, changes: Changes): JsonObject {
  return Object.entries(changes).reduce((sofar, [path, value]) => {
    const next = withMember(sofar, path.split('/'), value);
    if (JSON.stringify(next) === JSON.stringify(sofar)) throw new Error(`the change of ${path} changes nothing`);
    return next;
  }, record);
}

function withMember(object: JsonObject, [name = '', ...rest]: readonly string[], value: unknown): JsonObject {
  const { [name]: member, ...others } = object;
  const next = rest.length === 0 ? value : withMember(isObject(member) ? member : {}, rest, value);
  return next === undefined ? others : { ...object, [name]: next };
}

/** An access policy of one statement on a domain, as the API takes it: a text of JSON. */
export function policyOf(principal: unknown, statement: JsonObject = {}, domain = 'logs'): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'es:ESHttp*',
        Resource: `arn:aws:es:eu-west-1:${OWN}:domain/${domain}/*`,
        ...statement,
      },
    ],
  });
}

/** A call of one day that gave the domain `logs`, which has no fine-grained access control, an access policy. */
export const policyUpdate = (clock: string, policy: string): JsonObject => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: `2026-11-20T${clock}:00Z`,
  eventID: `at-${clock}`,
  awsRegion: 'eu-west-1',
  recipientAccountId: OWN,
  userIdentity: { type: 'IAMUser', userName: 'ann', accountId: OWN },
  requestParameters: { domainName: 'logs', accessPolicies: policy },
  responseElements: {
    domainConfig: {
      accessPolicies: { options: policy },
      vPCOptions: { options: {} },
      advancedSecurityOptions: { options: { enabled: false } },
    },
  },
});
