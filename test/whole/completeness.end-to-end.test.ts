import { gzipSync } from 'node:zlib';
import { ACCOUNT } from '../../local/plan';
import { startStack, type RunningStack } from '../../local/running-stack';
import { memberOf } from '../../core/base/members';
import { tellOfChains } from '../../lambda/state-check/chains';
import { heardChainsIn } from '../../lambda/state-check/heard-chains';
import { templateWith } from '../lib/stack-in';
import { orderIn, wellOf } from '../support/deployed';
import { schemaProblems } from '../support/alert-schema';
import { digestingTrail, type DeliveredFile, type DigestingTrail } from '../support/digests';
import { policyOf } from '../support/records';

const HOUR = 3600_000;
const TEAM = 'team@example.com';

jest.setTimeout(60_000);

describe('the stack that follows digests', () => {
  let monitor: RunningStack;
  let regions = 0;

  beforeAll(async () => {
    monitor = await startStack({
      subscribers: [
        { protocol: 'email', endpoint: TEAM },
        { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:archive' },
      ],
      completeness: true,
    });
  }, 60_000);

  afterAll(() => monitor.close());

  /** A trail in a region of its own, whose first digest is followed. */
  async function trailOf(): Promise<DigestingTrail> {
    regions += 1;
    const from = Date.now() - (Date.now() % 3600_000) - 12 * 3600_000;
    const bucket = monitor.plan.notifications[0]?.bucket ?? '';
    const trail = digestingTrail({ account: ACCOUNT, region: `eu-test-${regions}`, bucket, from });
    await followed(trail.digest());
    return trail;
  }

  const risky = (eventID: string) => ({
    eventSource: 'es.amazonaws.com',
    eventName: 'UpdateDomainConfig',
    eventTime: new Date(Date.now() - 3600_000).toISOString().replace(/\.\d+Z/, 'Z'),
    eventID,
    awsRegion: 'eu-west-1',
    recipientAccountId: ACCOUNT,
    userIdentity: { type: 'IAMUser', userName: 'mallory', arn: `arn:aws:iam::${ACCOUNT}:user/mallory` },
    requestParameters: { domainName: eventID, accessPolicies: policyOf('*') },
    responseElements: { domainConfig: {} },
  });

  const upload = ({ key, body }: DeliveredFile): Promise<void> => monitor.upload(key, body);

  /** As CloudTrail delivers it, but that nobody is told of it. */
  const uploadUnannounced = ({ key, body }: DeliveredFile): Promise<void> => monitor.uploadUnannounced(key, body);

  /** Uploads a digest, and waits until it and all that it lists are done. */
  async function followed(digest: DeliveredFile): Promise<void> {
    await upload(digest);
    await monitor.until('the digest is followed', () => monitor.logs().includes(`"key":"${digest.key}"`));
    await monitor.until('the queue is empty', async () => (await monitor.pending()) === 0);
  }

  const mails = (): readonly string[] =>
    monitor.inbox.filter(({ endpoint }) => endpoint === TEAM).map(({ message }) => message.replace(/\s+/g, ' '));
  const mailsAbout = (text: string): readonly string[] => mails().filter((mail) => mail.includes(text));

  test('judges a log file that nobody announced: its alert arrives', async () => {
    const trail = await trailOf();
    const withheld = trail.logFile(risky('withheld-call'));
    await uploadUnannounced(withheld);
    expect(mailsAbout('withheld-call')).toEqual([]);
    await followed(trail.digest());
    await monitor.until('its alert arrives', () => mailsAbout('withheld-call').length > 0);
    expect(mailsAbout('withheld-call')).toHaveLength(1);
  });

  test('tells nothing where all is as it was delivered, and no alert twice', async () => {
    const trail = await trailOf();
    await upload(trail.logFile(risky('announced-call')));
    await upload(trail.logFile());
    await monitor.until('its alert arrives', () => mailsAbout('announced-call').length > 0);
    const before = mails().length;
    const digest = trail.digest();
    await followed(digest);
    await upload(digest);
    await followed(trail.digest());
    await monitor.until('both log files are checked', () => monitor.logs().includes('"intact":2,"missing":0'));
    expect(mails()).toHaveLength(before);
  });

  test('tells of a log file that is gone, once', async () => {
    const trail = await trailOf();
    const gone = trail.logFile(risky('gone-call'));
    const digest = trail.digest();
    await followed(digest);
    await monitor.until('it is told', () => mailsAbout(gone.key).length > 0);
    await upload(digest);
    await followed(trail.digest());
    expect(mailsAbout(gone.key)).toEqual([
      expect.stringMatching(/^HIGH: log file s3\[:\]\/\/.* is not there\. Do Find who wrote or deleted it/),
    ]);
  });

  test('tells of a log file that was altered, and judges what is there', async () => {
    const trail = await trailOf();
    const altered = trail.logFile({ ...risky('original'), eventName: 'DescribeDomain' });
    await upload({ ...altered, body: gzipSync(JSON.stringify({ Records: [risky('planted-call')] })) });
    await followed(trail.digest());
    await monitor.until('it is told', () => mailsAbout('has another content').length > 0);
    expect(mailsAbout(altered.key).filter((mail) => mail.startsWith('CRITICAL: log file'))).toHaveLength(1);
    expect(mailsAbout('planted-call')).toHaveLength(1);
  });

  test('tells of a digest that is gone, and of one that was altered', async () => {
    const trail = await trailOf();
    const gone = trail.digest();
    await followed(trail.digest());
    await monitor.until('it is told', () => mailsAbout('names, is not there').length > 0);
    expect(mailsAbout(gone.key)).toEqual([expect.stringMatching(/^HIGH: digest /)]);

    const altered = trail.digest();
    await followed({ ...altered, body: gzipSync(JSON.stringify({ ...altered.content, logFiles: [] }, undefined, 1)) });
    await followed(trail.digest());
    await monitor.until('it is told', () => mailsAbout(altered.key).length > 0);
    expect(mailsAbout(altered.key)).toEqual([expect.stringMatching(/^CRITICAL: digest /)]);
  });

  test('follows a digest that nobody announced, and judges what it lists', async () => {
    const trail = await trailOf();
    const withheld = trail.logFile(risky('doubly-withheld'));
    await uploadUnannounced(withheld);
    await uploadUnannounced(trail.digest());
    await followed(trail.digest());
    await monitor.until('its alert arrives', () => mailsAbout('doubly-withheld').length > 0);
  });

  test('judges what a backfill digest lists', async () => {
    const trail = await trailOf();
    const late = trail.logFile(risky('late-call'));
    await followed(trail.digest({ logFiles: [] }));
    await uploadUnannounced(late);
    const before = mails().length;
    await followed(trail.backfill(late));
    await monitor.until('its alert arrives', () => mailsAbout('late-call').length > 0);
    expect(mails()).toHaveLength(before + 1);
  });

  test('tells of a chain that begins anew as information', async () => {
    const trail = await trailOf();
    trail.restart(3);
    const anew = trail.digest();
    await followed(anew);
    await monitor.until('it is told', () => mailsAbout('was stopped').length > 0);
    expect(mailsAbout(anew.key)).toEqual([expect.stringMatching(/^LOW: trail a_trail was stopped/)]);
  });

  test('tells of an account and region of which no digest comes any more, once', async () => {
    const from = Date.now() - 2 * HOUR;
    const bucket = monitor.plan.notifications[0]?.bucket ?? '';
    for (const region of ['eu-stopped-1', 'eu-stopped-2']) {
      await followed(digestingTrail({ account: ACCOUNT, region, bucket, from }).digest());
    }
    const told: string[] = [];
    const client = monitor.resources.tables;
    const chains = heardChainsIn(client, monitor.plan.tables[0]?.name ?? '');
    const order = orderIn(templateWith({ completeness: true }));
    const look = (now: number) =>
      tellOfChains(order, wellOf(order), now, {
        chains,
        publish: async (_, { Message }) => void told.push(String(memberOf(JSON.parse(Message), 'email'))),
      });
    await look(Date.now());
    expect(told).toEqual([]);
    await look(Date.now() + 4 * HOUR);
    expect(told).toEqual([
      expect.stringMatching(/account \d+, trail a_trail .* no digest for eu-stopped-1, eu-stopped-2 since/),
    ]);
    await look(Date.now() + 5 * HOUR);
    expect(told).toHaveLength(1);
  });

  test('tells in bodies that follow the published schema', () => {
    const bodies = monitor.inbox
      .filter(({ protocol }) => protocol === 'sqs')
      .map(({ message }) => JSON.parse(message) as unknown);
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.flatMap(schemaProblems)).toEqual([]);
  });

  test('gave up on nothing', async () => {
    expect(monitor.logs()).not.toMatch(/log file or notification failed/);
  });
});
