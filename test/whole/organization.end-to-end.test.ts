import type { LocalLogSource } from '../../local/synthesize';
import { startStack, type RunningStack } from '../../local/running-stack';
import { logFileOf, OPEN, updateOf } from '../../local/risky-log-file';

const TEAM = 'team@example.com';
const ORGANIZATION = 'o-a1b2c3d4e5';
const MEMBER = '444455556666';
const DAY = 'eu-central-1/2026/11/24';

/** What the stack reads, and the folders that log files of a member account are in. */
const LAYOUTS: readonly (readonly [string, LocalLogSource, readonly string[]])[] = [
  ['an organization trail of its own', { organizationId: ORGANIZATION }, [`AWSLogs/${ORGANIZATION}/${MEMBER}`]],
  [
    'the log archive of Control Tower',
    { bucketName: 'aws-controltower-logs', logFilePrefix: `${ORGANIZATION}/AWSLogs/` },
    // Before landing zone 3.0, and since.
    [`${ORGANIZATION}/AWSLogs/${MEMBER}`, `${ORGANIZATION}/AWSLogs/${ORGANIZATION}/${MEMBER}`],
  ],
];

jest.setTimeout(60_000);

describe.each(LAYOUTS)('the stack on %s', (_, source, folders) => {
  let monitor: RunningStack;

  beforeAll(async () => {
    monitor = await startStack({ subscribers: [{ protocol: 'email', endpoint: TEAM }], source });
  }, 60_000);

  afterAll(() => monitor.close());

  const mailsAbout = (text: string): readonly string[] =>
    monitor.inbox.map(({ message }) => message).filter((message) => message.includes(text));
  const keyIn = (folder: string, kind: string, name: string): string =>
    `${folder}/${kind}/${DAY}/${MEMBER}_${kind}_eu-central-1_20261124T1005Z_${name}.json.gz`;
  const fileAbout = (domain: string): Uint8Array => {
    const call = {
      eventID: `0a1b2c3d-0000-4000-8000-${domain.padStart(12, '0')}`,
      eventTime: '2026-11-24T10:00:00Z',
      domain,
    };
    return logFileOf([updateOf(call, { accessPolicies: OPEN }, { recipientAccountId: MEMBER })]);
  };

  test.each(folders)('tells a call in a member account, from %s', async (folder) => {
    const domain = `d${folders.indexOf(folder)}`;
    await monitor.upload(keyIn(folder, 'CloudTrail', 'a'), fileAbout(domain));
    await monitor.until(
      'the call arrived',
      () => mailsAbout(`"${domain}"`).length > 0 || mailsAbout(domain).length > 0,
    );
    expect(mailsAbout(domain)).toEqual([expect.stringContaining(MEMBER)]);
  });

  test('passes over what is beside, and hears of nothing that is elsewhere', async () => {
    const [folder = ''] = folders;
    await monitor.upload(keyIn(folder, 'CloudTrail-Digest', 'digest'), fileAbout('in-a-digest'));
    await monitor.upload(keyIn('elsewhere', 'CloudTrail', 'stray'), fileAbout('elsewhere'));
    await monitor.until('the digest was passed over', () => /"why":"digest"/.test(monitor.logs()));
    expect(mailsAbout('in-a-digest')).toEqual([]);
    expect(monitor.logs()).not.toContain('stray');
  });
});
