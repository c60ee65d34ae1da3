import * as fc from 'fast-check';
import { judgeAccessPolicy, type Exposure, type PolicyContext } from '../../../core/access-policy';
import { compareExposure } from '../../../core/access-policy/exposure';
import { arbitraryStatement, type WrittenStatement } from './access-policies';

/**
 * The other way to the same verdict: single requests, decided as IAM decides them. Whoever gets in here must have been
 * announced by the judgement as what they are, or worse.
 */
interface Caller {
  readonly name: string;
  /** At least this bad, if they get in. */
  readonly announces: Exposure;
  readonly arn?: string;
  /** The request's context: condition keys in lower case. What is absent is absent. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

const CONTEXT: PolicyContext = {
  accountId: '111122223333',
  domainArn: 'arn:aws:es:us-east-1:111122223333:domain/logs',
  trustedAccounts: ['444455556666'],
  trustedOrganizations: ['o-trusted1'],
  trustedNetworks: ['198.51.100.0/24', 'vpc-0trusted'],
};

const everyRequest = { 'aws:securetransport': ['true'], 'aws:viaawsservice': ['false'] };
const from = (address: string) => ({ ...everyRequest, 'aws:sourceip': [address] });
const fromVpc = (vpc: string) => ({ ...everyRequest, 'aws:sourcevpc': [vpc], 'aws:vpcsourceip': ['203.0.113.7'] });
const of = (account: string, organization?: string) => ({
  'aws:principalaccount': [account],
  'aws:principalarn': [`arn:aws:iam::${account}:role/reader`],
  'aws:principalisawsservice': ['false'],
  ...(organization && { 'aws:principalorgid': [organization], 'aws:principalorgpaths': [`${organization}/r-1/`] }),
});
const roleOf = (account: string): string => `arn:aws:iam::${account}:role/reader`;

/** No policy that is made up here names 8.8.8.8, 150.1.1.1 or 2a00::1 but in a range that is broad. */
const CALLERS: readonly Caller[] = [
  { name: 'anyone, low address', announces: 'public', keys: from('8.8.8.8') },
  { name: 'anyone, high address', announces: 'public', keys: from('150.1.1.1') },
  { name: 'anyone, IPv6', announces: 'public', keys: from('2a00::1') },
  { name: 'someone in one /8', announces: 'anonymous-network', keys: from('52.1.1.1') },
  { name: 'someone in an office', announces: 'anonymous-network', keys: from('203.0.113.7') },
  { name: 'someone in a private network', announces: 'anonymous-network', keys: from('10.1.1.1') },
  { name: 'someone in a trusted network', announces: 'same-account', keys: from('198.51.100.9') },
  { name: 'someone in a named VPC', announces: 'anonymous-network', keys: fromVpc('vpc-0abc123') },
  { name: 'someone in another VPC', announces: 'anonymous-network', keys: fromVpc('vpc-0unheard') },
  {
    name: 'a foreign role',
    announces: 'cross-account',
    arn: roleOf('999988887777'),
    keys: { ...from('8.8.8.8'), ...of('999988887777', 'o-foreign1') },
  },
  {
    name: "a stranger's role",
    announces: 'any-account',
    arn: roleOf('123123123123'),
    keys: { ...from('8.8.8.8'), ...of('123123123123', 'o-stranger') },
  },
  {
    name: 'a role of an account in no organization',
    announces: 'any-account',
    arn: roleOf('321321321321'),
    keys: { ...from('150.1.1.1'), ...of('321321321321') },
  },
  {
    name: 'a role of the own account',
    announces: 'same-account',
    arn: roleOf('111122223333'),
    keys: { ...from('8.8.8.8'), ...of('111122223333', 'o-trusted1') },
  },
];

const DEEDS = [
  { action: 'es:ESHttpGet', does: 'canRead' },
  { action: 'es:ESHttpPost', does: 'canWrite' },
  { action: 'es:ESHttpDelete', does: 'canWrite' },
] as const;
const RESOURCES = [`${CONTEXT.domainArn}/orders/_doc/1`, `${CONTEXT.domainArn}/_search`];

const listOf = (value: unknown): readonly string[] => [value].flat() as string[];

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text);

function isInRange(range: string, address: string): boolean {
  const [network = '', prefix] = range.split('/');
  if (!/[.:]/.test(network) || network.includes(':') !== address.includes(':'))
    return network === '::' && prefix === '0';
  const [a, b] = [network, address].map(bitsOf) as [string, string];
  const length = prefix === undefined ? a.length : Number(prefix);
  return a.slice(0, length) === b.slice(0, length);
}

function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  const [head = '', tail = ''] = address
    .split('::')
    .map((half) => half.split(':').filter(Boolean).map(groupBits).join(''));
  return head + '0'.repeat(128 - head.length - tail.length) + tail;
}

const groupBits = (group: string): string => Number.parseInt(group, 16).toString(2).padStart(16, '0');

function isNamed(principal: unknown, { arn }: Caller): boolean {
  if (principal === '*') return true;
  return listOf((principal as { AWS: unknown }).AWS).some((name) => {
    if (name === '*') return true;
    if (arn === undefined) return false;
    const account = arn.split(':')[4];
    return name === account || name === arn || name === 'arn:aws:iam::*:root';
  });
}

function isMet(operator: string, key: string, values: readonly string[], { keys }: Caller): boolean {
  const [, quantifier, base = '', ifExists] = /^(For\w+:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const actual = keys[key.toLowerCase()];
  if (base === 'Null') return values.some((value) => (actual === undefined) === (value === 'true'));
  const isNegated = /Not/.test(base);
  if (actual === undefined) {
    if (ifExists || quantifier === 'ForAllValues:') return true;
    return quantifier === undefined && isNegated;
  }
  const compare = /Ip/.test(base) ? isInRange : /Like|Arn/.test(base) ? like : (a: string, b: string) => a === b;
  const meets = (one: string): boolean => values.some((value) => compare(value, one)) !== isNegated;
  return quantifier === 'ForAnyValue:' ? actual.some(meets) : actual.every(meets);
}

function applies(statement: WrittenStatement, caller: Caller, action: string, resource: string): boolean {
  const selects = (element: string, text: string): boolean =>
    element in statement
      ? listOf(statement[element]).some((pattern) => like(pattern, text))
      : !listOf(statement[`Not${element}`]).some((pattern) => like(pattern, text));
  const conditions = Object.entries((statement['Condition'] ?? {}) as Record<string, Record<string, unknown>>);
  return (
    isNamed(statement['Principal'], caller) &&
    selects('Action', action) &&
    selects('Resource', resource) &&
    conditions.every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => isMet(operator, key, listOf(values), caller)),
    )
  );
}

function getsIn(list: readonly WrittenStatement[], caller: Caller, action: string): boolean {
  return RESOURCES.some((resource) => {
    const effects = list.filter((statement) => applies(statement, caller, action, resource)).map((of) => of['Effect']);
    return effects.includes('Allow') && !effects.includes('Deny');
  });
}

const policies = fc
  .tuple(
    fc.array(arbitraryStatement('Allow'), { minLength: 1, maxLength: 3 }),
    fc.array(arbitraryStatement('Deny'), { maxLength: 3 }),
  )
  .map(([allows, denials]) => [...denials, ...allows]);

describe.each(CALLERS)('$name', (caller) => {
  test.each(DEEDS)(
    `never gets in by $action without being announced as ${caller.announces} or worse`,
    ({ action, does }) => {
      fc.assert(
        fc.property(policies, (list) => {
          if (!getsIn(list, caller, action)) return;
          const { grants } = judgeAccessPolicy({ Statement: list }, CONTEXT);
          const announcing = grants.filter((grant) => compareExposure(grant.exposure, caller.announces) <= 0);
          expect(announcing.some((grant) => grant[does])).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );
});

test('the callers are such that policies tell them apart: each gets in by some and not by others', () => {
  const sampled = fc.sample(policies, { numRuns: 400, seed: 7 });
  const counts = CALLERS.map((caller) => sampled.filter((list) => getsIn(list, caller, 'es:ESHttpGet')).length);
  expect(Math.min(...counts)).toBeGreaterThan(10);
  expect(Math.max(...counts)).toBeLessThan(390);
});
