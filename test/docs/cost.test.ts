import { PublishCommand } from '@aws-sdk/client-sns';
import { METRICS, STATE_METRICS } from '../../core/base/accounting';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { chainNameOf, type Digest } from '../../core/digest';
import { CHAINS_KEY } from '../../lambda/environment';
import { deliveryOf, type Clients } from '../../lambda/delivery';
import { NOTHING_DELIVERED } from '../../lambda/delivery/delivered';
import { reporterOf } from '../../lambda/log';
import { countIn, historyIn, knownDigestsIn, placesIn, sentAlertsIn } from '../../lambda/table';
import { COUNTED, sizeOf, sumOf } from '../../local/costs';
import { costPage } from '../../local/cost-page';
import { openTable } from '../../local/faults/table';
import { denialOf, keyOf, OPEN, updateOf, type RiskyRecord } from '../../local/risky-log-file';
import { templateWith } from '../lib/stack-in';

/* What docs/cost.md multiplies is what the code asks for and the template holds. */

interface Asked {
  requests: number;
  writes: number;
  reads: number;
}

/** A table that counts what DynamoDB charges for: each KB of the larger item of a write, each 4 KB that is read. */
function openMeter() {
  const table = openTable();
  const asked: Asked = { requests: 0, writes: 0, reads: 0 };
  const sizeOfItem = (item: object | undefined): number =>
    Object.entries(item ?? {}).reduce(
      (sum, [name, value]) =>
        sum +
        name.length +
        Buffer.byteLength(
          Object.values(value as object)
            .flat()
            .join(''),
        ),
      0,
    );
  const itemOf = (input: object): object | undefined => (table.ask('GetItem', input) as { Item?: object }).Item;
  async function send(command: { readonly input: { readonly Item?: object } }): Promise<object> {
    const { input } = command;
    const operation = command.constructor.name.replace(/Command$/, '');
    const { pk, sk } = (input.Item ?? {}) as Record<string, unknown>;
    const place = input.Item ? { Key: { pk, sk } } : input;
    asked.requests += 1;
    if (operation === 'Query') {
      const { Items } = table.ask(operation, { ...input, ProjectionExpression: undefined }) as { Items: object[] };
      asked.reads += Math.max(1, Math.ceil(Items.reduce<number>((sum, item) => sum + sizeOfItem(item), 0) / 4096));
    } else if (operation === 'GetItem') {
      asked.reads += Math.max(1, Math.ceil(sizeOfItem(itemOf(place)) / 4096));
    }
    const before = operation === 'Query' ? 0 : sizeOfItem(itemOf(place));
    try {
      return table.ask(operation, input);
    } finally {
      const after = operation === 'Query' ? 0 : sizeOfItem(itemOf(place));
      if (/^(Update|Put)Item$/.test(operation)) asked.writes += Math.ceil(Math.max(before, after, 1) / 1024);
    }
  }
  return {
    client: { send } as never,
    sizeAt: (Key: object): number => sizeOfItem(itemOf({ Key })),
    /** What `work` asks for. */
    async of(work: () => Promise<unknown>): Promise<Asked> {
      Object.assign(asked, { requests: 0, writes: 0, reads: 0 });
      await work();
      return { ...asked };
    },
  };
}

const FILE = { bucket: 'trail', key: keyOf('one') };
const at = (minute: number) => ({
  domain: 'orders',
  eventID: `call-${minute}`,
  eventTime: `2026-11-24T10:0${minute}:00Z`,
});
const TLS = { domainEndpointOptions: { enforceHTTPS: false } };
/** A configuration of 5 KB. */
const large = (minute: number, request: object): RiskyRecord => {
  const record = updateOf(at(minute), request);
  const padding = { options: { padding: 'x'.repeat(4600) }, status: { state: 'Active' } };
  const domainConfig = { ...(record['responseElements'] as { domainConfig: object }).domainConfig };
  return { ...record, responseElements: { domainConfig: { ...domainConfig, advancedOptions: padding } } };
};

test('a call asks the table for what the page says', async () => {
  const meter = openMeter();
  const topicArns = Object.fromEntries(ALERT_SEVERITIES.map((one) => [one, one])) as Record<AlertSeverity, string>;
  const clients = {
    topics: async () => ({
      client: { send: async () => ({}) },
      PublishCommand,
    }),
    tables: async () => ({ client: meter.client, sentAlertsIn, historyIn, countIn, placesIn }),
  } as unknown as Clients;
  const open = deliveryOf({ topicArns, tableName: 'table', service: 'costs' }, {}, clients);
  const deliver = (record: RiskyRecord) => {
    const { deliver: now } = open(Date.now() + 120_000, new AbortController().signal);
    return meter.of(async () => now([record], FILE));
  };
  await deliver(large(1, { accessPolicies: OPEN }));
  await deliver(large(2, TLS));
  expect({
    update: await deliver(large(3, { accessPolicies: OPEN })),
    reapplied: await deliver(large(4, { accessPolicies: OPEN })),
    denied: await deliver(denialOf(at(5), 'somebody')),
    'delivered again': await deliver(large(3, { accessPolicies: OPEN })),
  }).toEqual(COUNTED.table);
});

test('a digest asks the table for what the page says', async () => {
  const meter = openMeter();
  const known = knownDigestsIn(meter.client, 'table');
  const digest = { bucket: 'trail', key: 'digest', start: '2026-11-24T10:00:00Z', hash: '0'.repeat(64) } as never;
  const { writes, reads } = await meter.of(async () => {
    await known.since('chain', digest);
    await known.hashOf(digest);
    await known.keep(digest);
  });
  expect({ writes, reads }).toEqual(COUNTED.digest);
});

test('of a chain of digests the table holds as many bytes as the page says', async () => {
  const meter = openMeter();
  const key =
    'AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail-Digest/eu-central-1/2026/11/24/111122223333_CloudTrail-Digest_eu-central-1_trail-of-all_us-east-1_20261124T120000Z.json.gz';
  const place = { bucket: 'log-archive-of-the-organization', key };
  const end = new Date().toISOString();
  const name = chainNameOf(place);
  await knownDigestsIn(meter.client, 'table').since(name, { ...place, start: '2026-11-24T11:00:00Z', end } as Digest);
  expect(meter.sizeAt({ pk: { S: CHAINS_KEY }, sk: { S: name } })).toBe(COUNTED.chainBytes);
});

test('a log file with nothing in it is said in as many bytes', () => {
  const said: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  try {
    const logFile = {
      bucket: 'trail-of-the-account',
      key: keyOf('0123456789abcdef'),
      size: 55_000,
      region: 'us-east-1',
    };
    reporterOf('es-config-monitor')({
      outcome: 'scanned',
      logFile,
      isAgain: false,
      isCheck: false,
      rawBytes: 800_000,
      ...NOTHING_DELIVERED,
    });
  } finally {
    write.mockRestore();
    delete process.env['_X_AMZN_TRACE_ID'];
  }
  expect(said.join('')).toMatch(/log file scanned[^]*LogFilesScanned/);
  expect(Buffer.byteLength(said.join(''))).toBe(COUNTED.logBytes);
});

describe('the template', () => {
  const resources = Object.values(
    templateWith().toJSON()['Resources'] as Record<string, { Type: string; Properties: Record<string, unknown> }>,
  );
  const of = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  test('has as many alarms, metrics of theirs and keys', () => {
    const alarms = of('AWS::CloudWatch::Alarm');
    const metrics = alarms.map(({ Metrics = [{ MetricStat: {} }] }) =>
      (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat !== undefined),
    );
    expect({
      alarms: alarms.length,
      alarmMetrics: metrics.flat().length,
      keys: of('AWS::KMS::Key').length,
    }).toEqual({ alarms: COUNTED.alarms, alarmMetrics: COUNTED.alarmMetrics, keys: COUNTED.keys });
  });

  test('reads, checks and keeps as often and as long', () => {
    const [mapping] = of('AWS::Lambda::EventSourceMapping');
    const [schedule] = of('AWS::Scheduler::Schedule');
    expect(mapping).toMatchObject({ BatchSize: COUNTED.batchSize });
    expect(schedule).toMatchObject({ ScheduleExpression: `rate(${(24 * 60) / COUNTED.stateChecksADay} minutes)` });
    const memories = of('AWS::Lambda::Function').map(({ MemorySize }) => MemorySize);
    expect(memories).toEqual(expect.arrayContaining([COUNTED.memoryGB * 1024, COUNTED.stateCheckGB * 1024]));
    const days = of('AWS::S3::Bucket').flatMap(({ LifecycleConfiguration }) =>
      (LifecycleConfiguration as { Rules: { ExpirationInDays?: number }[] }).Rules.map((rule) => rule.ExpirationInDays),
    );
    expect(days).toContain(COUNTED.logFileRetention);
  });
});

test('as many metrics are counted in', () => {
  const COMPLETENESS = ['DigestsFollowed', 'LogFilesChecked', 'LogFilesMissing', 'LogFilesAltered', 'AlertsRecovered'];
  const own = Object.keys(METRICS).filter((name) => !COMPLETENESS.includes(name) && !/^(Fast|Owner)/.test(name));
  expect({
    usual: own.length + Object.keys(STATE_METRICS).length,
    completeness: COMPLETENESS.filter((name) => name in METRICS).length,
  }).toEqual(COUNTED.metrics);
});

test('each table of the page adds up, and is as `npm run docs` writes it', () => {
  const sums = costPage()
    .split('<!-- prettier-ignore-start -->')
    .filter((part) => part.includes('**together**'));
  expect(sums.length).toBeGreaterThan(4);
  for (const part of sums) {
    const amounts = [...part.matchAll(/^\|.*\| \**([\d.]+)\** \|$/gm)].map(([, amount]) => Number(amount));
    const [together = 0, ...rows] = amounts.toReversed();
    expect(Math.abs(rows.reduce((sum, row) => sum + row, 0) - together)).toBeLessThanOrEqual(0.005 * (rows.length + 1));
  }
});

test('a size is its files, calls and what is there anyway', () => {
  const [one, hundred] = [sizeOf(1), sizeOf(100)];
  expect(hundred.files).toBe(100 * one.files);
  expect(hundred.together).toBeCloseTo(100 * (one.reading + one.calls) + one.flat, 6);
  expect(sumOf([{ item: '', basis: '', of: 'key', count: 2 }], 3)).toBe(6);
});
