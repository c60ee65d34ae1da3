import type { Alert } from '../../core/alert';
import { toCriteria, type Settings } from '../../core/settings';
import type { Report } from '../../lambda/report';
import { monitorWith as monitor } from '../support/monitoring';
import { historyInMemory } from '../../core/scan';
import { once, publisher } from '../../lambda/delivery';
import { sentAlertsInMemory } from '../support/sent-alerts';
import { checked } from '../support/alert-schema';

/** Log files arrive in no order: what a later call was compared with may not have been what held before it. */

const ARN = 'arn:aws:es:eu-west-1:111122223333:domain/logs';
const policyFor = (principal: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'es:*', Resource: `${ARN}/*` }],
  });
const OPEN = policyFor('*');
const CLOSED = policyFor('111122223333');

const update = (minute: number, policy: string): object => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: `2026-11-24T12:0${minute}:00Z`,
  eventID: `call-${minute}`,
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', userName: 'jane', arn: 'arn:aws:iam::111122223333:user/jane' },
  requestParameters: { domainName: 'logs', accessPolicies: policy },
  responseElements: { domainConfig: { accessPolicies: { options: policy } } },
});

const keyOf = (minute: number): string =>
  `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/24/111122223333_CloudTrail_eu-west-1_20261124T120${minute}Z_x.json.gz`;

/** The function with everything shared between its invocations kept in memory. */
function deployed(files: ReadonlyMap<number, readonly object[]>, config: Settings = {}) {
  const told: Alert[] = [];
  const reports: Report[] = [];
  const sentAlerts = sentAlertsInMemory();
  const history = historyInMemory(sentAlerts.isTold);
  const sendOnce = once(sentAlerts);
  const deliver = async (minute: number): Promise<void> => {
    const event = {
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: 'trail' }, object: { key: keyOf(minute) } },
        },
      ],
    };
    await monitor(event, toCriteria(config), {
      openObject: async ({ key }) => {
        const found = [...files].find(([at]) => keyOf(at) === key);
        const bytes = Buffer.from(JSON.stringify({ Records: found?.[1] ?? [] }));
        return { size: bytes.length, read: async () => bytes };
      },
      publish: publisher(async (alert) => void told.push(checked(alert)), sendOnce),
      historyOf: history.of,
      report: (report) => reports.push(report),
    });
  };
  return { deliver, reports, told: () => told.map(({ uid, severity }) => `${uid} ${severity}`) };
}

test('a call judged unchanged is told when the change before it arrives late', async () => {
  const { deliver, told, reports } = deployed(
    new Map([
      [1, [update(1, OPEN)]],
      [2, [update(2, CLOSED)]],
      [3, [update(3, OPEN)]],
    ]),
  );
  await deliver(1);
  await deliver(3);
  expect(told()).toEqual(['call-1 CRITICAL']);
  await deliver(2);
  expect(told()).toEqual(['call-1 CRITICAL', 'call-2 MEDIUM', 'call-3 CRITICAL']);
  expect(reports.map((report) => report.outcome === 'scanned' && report.isAgain)).toEqual([false, false, false, true]);
});

test('what was told before is not told again, however often the late file is delivered', async () => {
  const { deliver, told } = deployed(
    new Map([
      [1, [update(1, CLOSED)]],
      [2, [update(2, OPEN)]],
    ]),
  );
  await deliver(2);
  await deliver(1);
  await deliver(1);
  expect(told()).toEqual(['call-2 CRITICAL', 'call-1 MEDIUM']);
});

test('calls of one file are in order, and the file is scanned once', async () => {
  const { deliver, told, reports } = deployed(new Map([[1, [update(2, OPEN), update(1, CLOSED)]]]));
  await deliver(1);
  expect(told()).toEqual(['call-1 MEDIUM', 'call-2 CRITICAL']);
  expect(reports).toHaveLength(1);
});

describe('a call that does again what nobody was told of is told', () => {
  const first = {
    ...update(1, OPEN),
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/deployer' },
  };
  const files = new Map<number, readonly object[]>([
    [1, [first]],
    [2, [update(2, OPEN)]],
    [3, [update(3, OPEN)]],
  ]);

  test('as it was suppressed', async () => {
    const suppression = { caller: 'arn:aws:iam::111122223333:user/deployer', reason: 'planned', expires: '2026-12-31' };
    const { deliver, told } = deployed(files, { suppressions: [suppression] });
    await deliver(1);
    await deliver(2);
    await deliver(3);
    expect(told()).toEqual(['call-2 CRITICAL']);
  });

  test('as it counted as INFORMATIONAL then', async () => {
    const history = new Map([...files, [1, [update(1, OPEN)]]]);
    const quiet = deployed(history, { severityOverrides: { 'access-policy-public': 'INFORMATIONAL' } });
    await quiet.deliver(1);
    await quiet.deliver(2);
    expect(quiet.told()).toEqual([]);
  });

  test('as nobody watched it', async () => {
    const created = {
      ...update(1, OPEN),
      eventName: 'CreateDomain',
      responseElements: { domainStatus: { accessPolicies: OPEN } },
    };
    const watching = deployed(new Map([...files, [1, [created]]]), { watchedEvents: ['UpdateDomainConfig'] });
    await watching.deliver(1);
    await watching.deliver(2);
    await watching.deliver(3);
    expect(watching.told()).toEqual(['call-2 CRITICAL']);
  });
});
