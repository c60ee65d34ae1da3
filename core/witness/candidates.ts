import { readAddressBlock } from '../base/address';
import { readArn, STRANGER } from '../base/arn';
import type { Statement } from './evaluate';
import { METHODS, type Request, type Signer } from './request';

/** Where the requests are sent, and by whom strangers are told from the domain's own account. */
export interface Setting {
  readonly endpoint: 'public' | 'vpc';
  readonly accountId: string;
  /** ISO 8601, UTC: now. */
  readonly time: string;
}

/** Addresses that stand for any other: they are set aside for documentation, and in no address range of anybody's. */
const ANY_ADDRESSES = ['203.0.113.10', '198.51.100.7', '192.0.2.44', '2001:db8::7'];

/** What is tried of each kind: policies name few. */
const MOST = 12;

/** Requests that may be let in, those of the least known requesters first. */
export function* candidates(statements: readonly Statement[], setting: Setting): Generator<Request> {
  const tests = wantedIn(statements);
  const claims = claimsIn(tests, setting.endpoint);
  const addresses = setting.endpoint === 'public' ? addressesIn(tests) : [undefined];
  const times = timesIn(tests, setting.time);
  const paths = pathsIn(statements);
  for (const signer of signersIn(statements, tests, setting.accountId)) {
    for (const claim of claims) {
      for (const address of addresses) {
        for (const time of times) {
          for (const path of paths) {
            for (const method of METHODS) {
              yield {
                ...(signer && { signer }),
                ...(address !== undefined && { address }),
                method,
                path,
                time,
                claims: claim,
              };
            }
          }
        }
      }
    }
  }
}

/** A condition key in lower case, with a value under any operator. */
interface Wanted {
  readonly key: string;
  readonly value: string;
}

const wantedIn = (statements: readonly Statement[]): readonly Wanted[] =>
  statements.flatMap(({ tests }) =>
    (tests ?? []).flatMap(({ key, values }) => values.map((value) => ({ key, value }))),
  );

const valuesOf = (wanted: readonly Wanted[], key: string): readonly string[] => [
  ...new Set(wanted.filter((each) => each.key === key).map(({ value }) => value)),
];

/** A text that fits a pattern. */
const fitting = (pattern: string): string => pattern.replace(/\*/g, 'x').replace(/\?/g, 'x');

/** Nobody, a stranger, then whom the policy names, the domain's own account last. */
function signersIn(
  statements: readonly Statement[],
  tests: readonly Wanted[],
  own: string,
): readonly (Signer | undefined)[] {
  const named = [
    ...statements.flatMap(({ principals }) => principals ?? []),
    ...valuesOf(tests, 'aws:principalarn'),
    ...valuesOf(tests, 'aws:principalaccount'),
    STRANGER,
    own,
  ];
  const signers = named.flatMap((name) => signerNamed(name) ?? []);
  const isOwn = ({ accountId }: Signer): number => Number(accountId === own);
  const inOrder = signers.toSorted(
    (a, b) => isOwn(a) - isOwn(b) || Number(b.accountId === STRANGER) - Number(a.accountId === STRANGER),
  );
  return [undefined, ...new Map(inOrder.map((signer) => [signer.arn, signer])).values()].slice(0, 2 * MOST);
}

function signerNamed(name: string): Signer | undefined {
  if (/^\d{12}$/.test(name)) return { accountId: name, arn: `arn:aws:iam::${name}:role/any` };
  const arn = readArn(name);
  if (!arn || !['iam', 'sts'].includes(arn.service)) return undefined;
  const accountId = /^\d{12}$/.test(arn.accountId) ? arn.accountId : STRANGER;
  const resource = arn.resource === 'root' || arn.resource === '*' ? 'role/any' : fitting(arn.resource);
  return { accountId, arn: `arn:${arn.partition}:${arn.service}::${accountId}:${resource}` };
}

/** Addresses that stand for any other, then the first of each range that is named. */
function addressesIn(tests: readonly Wanted[]): readonly string[] {
  const named = valuesOf(tests, 'aws:sourceip').filter((text) => readAddressBlock(text) !== undefined);
  return [...new Set([...ANY_ADDRESSES, ...named.map((range) => range.split('/')[0] ?? range)])].slice(0, 4 * MOST);
}

/** Headers are the requester's own to choose, and so are tags and the network of those who have one. */
const CHOSEN =
  /^aws:(useragent|referer|principalorgid|principaltag\/.+|sourcevpc|sourcevpce|vpcsourceip|username|userid)$/;
const OF_VPC = /^aws:(sourcevpc|sourcevpce|vpcsourceip)$/;

function claimsIn(
  tests: readonly Wanted[],
  endpoint: Setting['endpoint'],
): readonly Readonly<Record<string, string>>[] {
  const keys = [...new Set(tests.map(({ key }) => key))].filter(
    (key) => CHOSEN.test(key) && (endpoint === 'vpc' || !OF_VPC.test(key)),
  );
  const ofVpc: Readonly<Record<string, string>> =
    endpoint === 'vpc' ? { 'aws:sourcevpc': 'vpc-0any', 'aws:sourcevpce': 'vpce-0any' } : {};
  const single = keys.flatMap((key) =>
    valuesOf(tests, key)
      .slice(0, MOST)
      .map((value) => ({ ...ofVpc, [key]: fitting(value.split('/')[0] ?? value) })),
  );
  const all = Object.fromEntries(keys.map((key) => [key, fitting(valuesOf(tests, key)[0] ?? '')]));
  return [ofVpc, ...single.slice(0, 2 * MOST), ...(keys.length > 1 ? [{ ...ofVpc, ...all }] : [])];
}

/** Now, and on both sides of each time that is named. */
function timesIn(tests: readonly Wanted[], now: string): readonly string[] {
  const named = [
    ...valuesOf(tests, 'aws:currenttime'),
    ...valuesOf(tests, 'aws:epochtime').map((seconds) => new Date(Number(seconds) * 1000 || 0).toISOString()),
  ];
  const around = named.flatMap((time) => {
    const moment = Date.parse(time);
    return Number.isNaN(moment) ? [] : [-1000, 1000].map((by) => new Date(moment + by).toISOString());
  });
  return [now, ...around.slice(0, MOST)];
}

/** A search of the whole domain, then of what the statements name of it. */
function pathsIn(statements: readonly Statement[]): readonly string[] {
  const named = statements.flatMap(({ resources }) =>
    (resources?.isInverted === false ? resources.patterns : []).flatMap((resource) => {
      const [, ...rest] = (readArn(resource)?.resource ?? '').replace(/^domain\//, '').split('/');
      return rest.length > 0 ? [`/${fitting(rest.join('/'))}`] : [];
    }),
  );
  return [...new Set(['/_search', ...named])].slice(0, MOST);
}
