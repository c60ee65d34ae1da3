import type { ConditionTest } from './condition';
import type { ConditionKey, KeyContext } from './key';
import { isNetworkKey, networkKeyOf } from './network-keys';
import { principalKeyOf } from './principal-keys';
import { EVERYONE, hasSome, kinds, NOBODY, unite, type Requesters } from './requesters';
import { SERVICE_KEYS } from './service-keys';

/** Who meets the test, at most. */
export function whoMeets(test: ConditionTest, context: KeyContext): Requesters {
  if (test.compares === 'unknown') return EVERYONE;
  const key = keyOf(test, context);
  if (test.compares === 'presence') return presenceOf(test, key).meets;
  const sides = compared(test, key, context);
  return unite(test.isNegated ? sides.outside : sides.within, test.holdsWithoutKey ? key.lacking : NOBODY);
}

/** Who fails the test, at most. Of a test without values it cannot be told. */
export function whoFails(test: ConditionTest, context: KeyContext): Requesters {
  const key = keyOf(test, context);
  if (test.compares === 'unknown' || test.values.length === 0 || key.readAs !== undefined) return EVERYONE;
  if (test.compares === 'presence') return presenceOf(test, key).fails;
  const sides = compared(test, key, context);
  return unite(test.isNegated ? sides.within : sides.outside, test.holdsWithoutKey ? NOBODY : key.lacking);
}

/** Those whose key has one of the values, at most, and those whose key has none of them. No key has one of no values. */
function compared(test: ConditionTest, { having, compare }: ConditionKey, context: KeyContext) {
  if (test.values.length === 0) return { within: NOBODY, outside: having };
  return compare?.(test, context) ?? { within: having, outside: having };
}

/** Whether a value of the test stands for a foreign account, or its services, and for no stranger's. */
export function namesForeign(test: ConditionTest, context: KeyContext): boolean {
  // Whoever is in a network may be of any account.
  if (isNetworkKey(test)) return false;
  const { compare } = keyOf(test, context);
  if (compare === undefined) return false;
  return test.values.some((value) => {
    const { within } = compare({ ...test, values: [value] }, context) ?? { within: NOBODY };
    return hasSome(within, OF_FOREIGN) && !hasSome(within, OF_STRANGER);
  });
}

const OF_FOREIGN = kinds('foreign', 'serviceOfForeign');
const OF_STRANGER = kinds('stranger', 'serviceOfStranger');

/** `Null` asks for the key itself: `true` where it must be absent. What it makes of another value is not known. */
function presenceOf({ values }: ConditionTest, { having, lacking }: ConditionKey) {
  const wanted = values.map((value) => value.toLowerCase());
  if (!wanted.every((value) => value === 'true' || value === 'false')) return { meets: EVERYONE, fails: EVERYONE };
  const [meetsAbsent, meetsPresent] = [wanted.includes('true'), wanted.includes('false')];
  return {
    meets: unite(meetsAbsent ? lacking : NOBODY, meetsPresent ? having : NOBODY),
    fails: unite(meetsAbsent ? NOBODY : lacking, meetsPresent ? NOBODY : having),
  };
}

/** How a key is read that is none of those that requests to a domain have, as a clause; `undefined` for the others. */
export const readingOfKey = (test: ConditionTest, context: KeyContext): string | undefined =>
  keyOf(test, context).readAs;

function keyOf({ name: key }: ConditionTest, context: KeyContext): ConditionKey {
  const known = principalKeyOf(key) ?? SERVICE_KEYS.get(key) ?? networkKeyOf(key, context);
  if (known) return known;
  if (ABOUT_REQUEST.has(key) || TAG_KEYS.test(key)) return ANYTHING;
  const colon = key.indexOf(':');
  return colon < 0 || OWN_PREFIXES.has(key.slice(0, colon)) ? UNKNOWN : OF_ANOTHER_SERVICE;
}

/**
 * Keys about the request or the resource, which say nothing of who requests, or what whoever requests chooses. The
 * service does not support `aws:SecureTransport`.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
 */
const ABOUT_REQUEST: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:ismcpserviceaction',
  'aws:referer',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:securetransport',
  'aws:tagkeys',
  'aws:useragent',
]);

const TAG_KEYS = /^aws:(request|resource)tag\//;

const ANYTHING: ConditionKey = { having: EVERYONE, lacking: EVERYONE };

const UNKNOWN: ConditionKey = { ...ANYTHING, readAs: 'which is not a key known here' };

/** A domain's own service is known to have no keys for requests to a domain; a new one would be named like this, or as global ones are. */
const OWN_PREFIXES: ReadonlySet<string> = new Set(['aws', 'es', 'opensearch']);

const OF_ANOTHER_SERVICE: ConditionKey = {
  having: NOBODY,
  lacking: EVERYONE,
  readAs: 'a key of another service, which no request to a domain has',
};
