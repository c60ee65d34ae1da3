import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { historyCommand, historyWith } from '../../../cli/commands/history';
import { runCommand } from '../../../cli/program';
import { cloudTrail, eventHistory, type LookUp, type Page } from '../../../cli/sources/event-history';
import { toldBy } from '../../support/console';
import { OWN, policyOf, type JsonObject } from '../../support/records';

const NOW = Date.now();

/** A change of the policy of `logs` so many minutes ago. */
const record = (minutesAgo: number, region = 'eu-west-1'): JsonObject => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: new Date(NOW - minutesAgo * 60_000).toISOString().replace(/\.\d+Z/, 'Z'),
  eventID: `${region}-${minutesAgo}`,
  awsRegion: region,
  recipientAccountId: OWN,
  requestParameters: { domainName: 'logs', accessPolicies: policyOf(minutesAgo % 2 === 0 ? '*' : { AWS: OWN }) },
  responseElements: { domainConfig: {} },
});

interface Asked {
  readonly region: string;
  readonly body: JsonObject;
  readonly at: number;
}

/** LookupEvents, as CloudTrail answers: so many events a page, newest first, by the recorded form of its protocol. */
class Recorded {
  readonly asked: Asked[] = [];
  /** What is answered instead, by the number of the request. */
  readonly faults = new Map<number, { readonly status: number; readonly type: string }>();
  private server: Server | undefined;

  constructor(private readonly events: Readonly<Record<string, readonly JsonObject[]>>) {}

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as JsonObject;
        const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
        expect(request.headers['x-amz-target']).toMatch(/\.LookupEvents$/);
        this.asked.push({ region, body, at: performance.now() });
        const fault = this.faults.get(this.asked.length);
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        if (fault) {
          response.writeHead(fault.status);
          response.end(JSON.stringify({ __type: fault.type, message: 'recorded' }));
          return;
        }
        response.end(JSON.stringify(this.page(region, body)));
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.close();
  }

  private page(region: string, { NextToken: token, EndTime: end }: JsonObject): JsonObject {
    const events = (this.events[region] ?? []).filter(
      (event) => Date.parse(String(event['eventTime'])) <= Number(end) * 1000,
    );
    const start = token === undefined ? 0 : Number(token);
    return {
      Events: events.slice(start, start + 2).map((event) => ({
        EventId: event['eventID'],
        EventTime: Date.parse(String(event['eventTime'])) / 1000,
        EventSource: 'es.amazonaws.com',
        CloudTrailEvent: JSON.stringify(event),
      })),
      ...(start + 2 < events.length && { NextToken: String(start + 2) }),
    };
  }
}

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const before = { ...process.env };
let server: Recorded | undefined;

afterEach(() => {
  server?.close();
  process.env = { ...before };
});

async function serving(events: Readonly<Record<string, readonly JsonObject[]>>): Promise<Recorded> {
  server = new Recorded(events);
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_CLOUDTRAIL: await server.listen() });
  return server;
}

const run = (...args: readonly string[]) => toldBy((console) => runCommand(historyCommand, args, console, 'history'));
const five = (region?: string) => [1, 2, 3, 4, 5].map((minutes) => record(minutes, region));

test('is read page by page, twice a second at most, and judged in the order of time with what held before', async () => {
  const recorded = await serving({ 'eu-west-1': five() });
  const started = performance.now();
  const { code, out, err } = await run('--format', 'json');
  expect(code).toBe(1);
  expect(err).toBe('');
  expect(out.trimEnd().split('\n')).toHaveLength(5);
  expect(recorded.asked.map(({ body }) => body['NextToken'])).toEqual([undefined, '2', '4']);
  expect(recorded.asked[0]?.body).toMatchObject({
    LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'es.amazonaws.com' }],
    MaxResults: 50,
  });
  // A request may arrive late and never early, so the last one tells of all pauses, less what timers are short of.
  expect((recorded.asked.at(-1)?.at ?? 0) - started).toBeGreaterThan(2 * 500 - 10);
}, 30_000);

test('of many regions is read from each, and throttling is waited out', async () => {
  const recorded = await serving({ 'eu-west-1': five(), 'us-east-1': five('us-east-1') });
  recorded.faults.set(2, { status: 400, type: 'ThrottlingException' });
  const { code, err } = await run('--region', 'eu-west-1', '--region', 'us-east-1');
  expect(code).toBe(1);
  expect(err).toBe('2 regions scanned, 10 alerts\n');
  expect(new Set(recorded.asked.map(({ region }) => region))).toEqual(new Set(['eu-west-1', 'us-east-1']));
}, 30_000);

test('goes on where a token for the next page has expired, and tells nothing twice', async () => {
  const recorded = await serving({ 'eu-west-1': five() });
  recorded.faults.set(3, { status: 400, type: 'InvalidNextTokenException' });
  const { code, out } = await run('--format', 'json');
  expect(code).toBe(1);
  expect(out.trimEnd().split('\n')).toHaveLength(5);
  expect(recorded.asked.map(({ body }) => body['NextToken'])).toEqual([undefined, '2', '4', undefined]);
}, 30_000);

test('reads credentials anew where they have expired; where they are still expired, judges what was read, and says so', async () => {
  const recorded = await serving({ 'eu-west-1': five() });
  recorded.faults.set(2, { status: 400, type: 'ExpiredTokenException' });
  expect((await run('--format', 'json')).code).toBe(1);
  const sofar = recorded.asked.length;
  recorded.faults.set(sofar + 2, { status: 400, type: 'ExpiredTokenException' });
  recorded.faults.set(sofar + 3, { status: 400, type: 'ExpiredTokenException' });
  const { code, out, err } = await run('--format', 'json');
  expect(code).toBe(2);
  expect(out.trimEnd().split('\n').length).toBeGreaterThan(0);
  expect(err).toContain(
    'event history of the default region: the credentials have expired or are none: sign in again; what was read before counts',
  );
}, 60_000);

test('that may not be read is told, with exit code 2', async () => {
  const recorded = await serving({});
  recorded.faults.set(1, { status: 400, type: 'AccessDeniedException' });
  const { code, err } = await run();
  expect(code).toBe(2);
  expect(err).toContain('event history of the default region: recorded');
}, 30_000);

describe('what the operator gets wrong', () => {
  const never = historyWith({
    ...cloudTrail,
    lookUpIn: async () => {
      throw new Error('asked');
    },
  });
  const runNever = (...args: readonly string[]) => toldBy((console) => runCommand(never, args, console, 'history'));

  test.each([
    [['--from', 'yesterday'], '--from is "yesterday"; allowed: 2026-11-20, 2026-11-20T14:00Z, or 7d'],
    [['--from', '2026-13-40'], '--from is "2026-13-40"; allowed'],
    [['--to', '2020-01-01'], 'is not before --to 2020-01-01T23:59:59.999Z'],
  ])('%j is told', async (args, message) => {
    await expect(runNever(...args)).rejects.toThrow(message);
  });

  test('asking for more than there is, is told and done', async () => {
    expect((await runNever('--from', '2020-01-01')).err).toContain('the event history reaches back to ');
  });
});

describe('each place is by itself', () => {
  const page = (id: string): Page => ({
    events: [{ id, time: new Date(NOW), record: JSON.stringify(record(1)) }],
    nextToken: undefined,
  });

  test('with its profile, and no failure of one keeps another from being read', async () => {
    const lookUps: string[] = [];
    const found = await eventHistory(
      [
        { profile: 'a', region: 'eu-west-1' },
        { profile: 'b', region: 'eu-west-1' },
      ],
      new Date(NOW - 1000),
      new Date(NOW),
      {
        now: () => 0,
        pause: async () => {},
        show: () => {},
        lookUpIn: async ({ profile }): Promise<LookUp> => {
          lookUps.push(profile ?? '');
          if (profile === 'b') throw new Error('no such profile');
          return async () => page('x');
        },
      },
    );
    expect(lookUps).toEqual(['a', 'b']);
    expect(found.sources.map(({ name }) => name)).toEqual([
      'event history of profile a in eu-west-1',
      'event history of profile b in eu-west-1',
    ]);
    expect(found.unreadable).toHaveLength(1);
  });
});
