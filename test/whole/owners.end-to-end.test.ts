import { gzipSync } from 'node:zlib';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import type { Account, Ownership } from '../../core/settings';
import { startStack, type RunningStack } from '../../local/running-stack';
import { denialOf, OPEN, updateOf, type RiskyRecord } from '../../local/risky-log-file';

/* 300 accounts of one organization, whose trail delivers to one bucket; 12 owners; who hears of what. */

const ORGANIZATION = 'o-a1b2c3d4e5';
const CENTRAL = 'security@example.com';
const OWNERS = Array.from({ length: 12 }, (_, at) => `team ${at}`);
const addressOf = (owner: string): string => `${owner.replace(' ', '-')}@example.com`;
const accountIds = Array.from({ length: 300 }, (_, at) => String(300_000_000_000 + at));

/** Every thirteenth account is nobody's; the first of each owner wants to hear of HIGH and worse alone. */
const ownerOfAccount = (at: number): string | undefined => (at % 13 === 12 ? undefined : OWNERS[at % 13]);
const accounts: Readonly<Record<string, Account>> = Object.fromEntries(
  accountIds.map((id, at) => {
    const owner = ownerOfAccount(at);
    return [
      id,
      {
        name: `account-${at}`,
        organization: ORGANIZATION,
        ...(owner !== undefined && { owner }),
        ...(owner !== undefined && at < 13 && { subscribers: [addressOf(owner)], minimumSeverity: 'HIGH' as const }),
      },
    ];
  }),
);
/** A domain of a name that any account may have, whose owner is another. */
const domains: Readonly<Record<string, Ownership>> = { 'shared-*': { owner: 'team 3' } };

/** What makes an alert of each severity, of a domain that nothing is known of. */
const REQUESTS: Readonly<Record<AlertSeverity, object>> = {
  LOW: { iPAddressType: 'dualstack' },
  MEDIUM: { accessPolicies: '' },
  HIGH: { domainEndpointOptions: { enforceHTTPS: false } },
  CRITICAL: { accessPolicies: OPEN },
};

interface Told {
  readonly eventID: string;
  readonly account: number;
  readonly domain: string;
  readonly severity: AlertSeverity;
}

/** A call in each account, of all severities in turn, every tenth of them on a domain with an owner of its own. */
const CALLS: readonly Told[] = accountIds.map((_, account) => ({
  eventID: `call-${account}-in-an-organization`,
  account,
  domain: account % 10 === 9 ? `shared-${account}` : `domain-${account}`,
  severity: ALERT_SEVERITIES[account % 4] ?? 'LOW',
}));

function ownerToldOf({ account, domain, severity }: Told): string | undefined {
  if (domain.startsWith('shared-')) return 'team 3';
  const isHeard = account >= 13 || severity === 'HIGH' || severity === 'CRITICAL';
  return isHeard ? ownerOfAccount(account) : undefined;
}

const inAccount = (record: RiskyRecord, account: number): RiskyRecord => ({
  ...(JSON.parse(JSON.stringify(record).replaceAll('123456789012', accountIds[account] ?? '')) as RiskyRecord),
  recipientAccountId: accountIds[account],
});

const recordOf = ({ eventID, account, domain, severity }: Told): RiskyRecord =>
  inAccount(updateOf({ eventID, eventTime: '2026-11-20T10:00:00Z', domain }, REQUESTS[severity]), account);

jest.setTimeout(300_000);

let monitor: RunningStack;

beforeAll(async () => {
  monitor = await startStack({
    subscribers: [{ protocol: 'email', endpoint: CENTRAL }],
    settings: { accounts, domains },
    source: { organizationId: ORGANIZATION },
  });
}, 60_000);

afterAll(() => monitor.close());

async function upload(account: number, name: string, records: readonly RiskyRecord[]): Promise<void> {
  const id = accountIds[account];
  const key = `AWSLogs/${ORGANIZATION}/${id}/CloudTrail/eu-central-1/2026/11/20/${id}_CloudTrail_eu-central-1_20261120T1005Z_${name}.json.gz`;
  await monitor.upload(key, gzipSync(JSON.stringify({ Records: records })));
}

const mailsTo = (address: string): readonly string[] =>
  monitor.inbox.filter(({ endpoint }) => endpoint === address).map(({ subject, message }) => `${subject}\n${message}`);

/** The calls that the mails of an address are about, each as often as it is told. */
const toldTo = (address: string, calls: readonly { readonly eventID: string }[]): readonly string[] =>
  mailsTo(address).flatMap((mail) =>
    calls.flatMap(({ eventID }) => (mail.includes(`AttributeValue=${eventID}`) ? [eventID] : [])),
  );

test('each owner hears exactly of theirs, once; the central address of all; the names stand in the mails', async () => {
  await Promise.all(CALLS.map((call) => upload(call.account, 'file', [recordOf(call)])));
  await monitor.until(
    'everything is told',
    async () => mailsTo(CENTRAL).length >= 300 && (await monitor.pending()) === 0,
    250,
  );

  const sorted = (ids: readonly string[]): readonly string[] => ids.toSorted((a, b) => (a < b ? -1 : 1));
  expect(sorted(toldTo(CENTRAL, CALLS))).toEqual(sorted(CALLS.map(({ eventID }) => eventID)));
  for (const owner of OWNERS) {
    const theirs = CALLS.filter((call) => ownerToldOf(call) === owner).map(({ eventID }) => eventID);
    expect(theirs.length).toBeGreaterThan(10);
    expect([owner, sorted(toldTo(addressOf(owner), CALLS))]).toEqual([owner, sorted(theirs)]);
    expect(mailsTo(addressOf(owner))).toHaveLength(theirs.length);
  }
  const [mail] = mailsTo(addressOf('team 1')).filter((text) => text.includes('domain-14\n'));
  expect(mail).toContain('(account-14 300000000014 eu-central-1)');
  expect(mail).toContain('Account   300000000014 (account-14), eu-central-1\nOwner     team 1\n');
});

test('a burst of denied calls is told to each owner with what is theirs', async () => {
  const before = mailsTo(CENTRAL).length;
  const denials = ['domain-20', 'domain-20', 'shared-20', 'shared-20'].map((domain, at) =>
    inAccount(denialOf({ eventID: `denial-${at}`, eventTime: '2026-11-20T11:00:00Z', domain }, 'mallory'), 20),
  );
  const [own, other] = [addressOf(ownerOfAccount(20) ?? ''), addressOf('team 3')];
  const [ownBefore, otherBefore] = [mailsTo(own).length, mailsTo(other).length];
  for (const [at, record] of denials.entries()) {
    await upload(20, `denial-${at}`, [record]);
    await monitor.until(
      'it is done',
      async () => (await monitor.pending()) === 0 && monitor.logs().includes(`_denial-${at}.json.gz`),
    );
  }
  expect(mailsTo(CENTRAL).slice(before)).toHaveLength(2);
  expect(mailsTo(own).slice(ownBefore)).toHaveLength(2);
  expect(mailsTo(other).slice(otherBefore)).toHaveLength(1);
  expect(mailsTo(other).slice(otherBefore).join('')).toContain('shared-20');
});

test('an owner whose topic is gone is told when it is back, and nobody else twice', async () => {
  const owner = ownerOfAccount(30) ?? '';
  const topic = monitor.plan.topics.find(({ name }) => name.includes(`-owner-${owner.replace(' ', '-')}-`))?.arn ?? '';
  const call: Told = { eventID: 'told-when-the-topic-is-back', account: 30, domain: 'late', severity: 'CRITICAL' };
  await monitor.resources.deleteTopic(topic);
  await upload(30, 'late', [recordOf(call)]);
  await monitor.until('the owner could not be told', () => monitor.logs().includes('alerts not published'));
  expect(toldTo(CENTRAL, [call])).toEqual([call.eventID]);
  expect(toldTo(addressOf(owner), [call])).toEqual([]);
  await monitor.resources.createTopic(topic);
  await monitor.until('the owner is told', () => toldTo(addressOf(owner), [call]).length > 0);
  await monitor.until('the message is done', async () => (await monitor.pending()) === 0);
  expect(toldTo(addressOf(owner), [call])).toEqual([call.eventID]);
  expect(toldTo(CENTRAL, [call])).toEqual([call.eventID]);
});
