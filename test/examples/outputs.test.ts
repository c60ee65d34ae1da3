import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context as featureFlags } from '../../cdk.json';
import { memberOf } from '../../core/base/members';
import { compilePattern, matchesEventPattern } from '../../core/event-pattern';
import { inputOf } from '../../local/input-template';
import { ROOT } from '../support/root';

/* What the examples send of real alerts is what their receivers ask for. */

const FOLDER = path.join(ROOT, 'examples');
const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

function resourcesOf(example: string): readonly { readonly Type: string; readonly Properties: unknown }[] {
  const assembly = path.join(folder, example);
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', example], {
    cwd: FOLDER,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, 'aws:cdk:bundling-stacks': [] }),
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [template = ''] = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  const { Resources } = JSON.parse(readFileSync(path.join(assembly, template), 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: unknown }>;
  };
  return Object.values(Resources);
}

/** Alerts as the function publishes them, as events of the bus. */
const ALERTS = readdirSync(path.join(ROOT, 'test', 'golden'))
  .filter((name) => name.endsWith('.ocsf.json'))
  .map((name) => ({
    version: '0',
    id: `6a7e8feb-b491-4cf7-a9f1-bf3703467${String(name.length).padStart(3, '0')}`,
    source: 'es-config-monitor',
    'detail-type': 'Alert',
    account: '111122223333',
    time: '2026-11-24T12:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: JSON.parse(readFileSync(path.join(ROOT, 'test', 'golden', name), 'utf8')) as Alert,
  }));

interface Alert {
  readonly severity: string;
  readonly message: string;
  readonly finding_info: { readonly uid: string };
}

describe('the pager', () => {
  const resources = resourcesOf('pager.ts');
  const ofType = (type: string): readonly unknown[] =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const rules = ofType('AWS::Events::Rule').filter(
    (rule) => (memberOf(rule, 'EventPattern', 'source') as readonly string[] | undefined)?.[0] === 'es-config-monitor',
  );

  /** What is sent of an alert: the input, and what the connection adds to it. */
  const sentOf = (event: object): readonly PagerDutyEvent[] =>
    rules
      .filter((rule) =>
        matchesEventPattern(compilePattern(memberOf(rule, 'EventPattern') as Record<string, unknown>), event),
      )
      .map(
        (rule) => JSON.parse(inputOf((memberOf(rule, 'Targets') as readonly unknown[])[0], event)) as PagerDutyEvent,
      );

  const paged = ALERTS.filter(({ detail: { severity } }) => ['Critical', 'High'].includes(severity));

  test('is told of each alert from HIGH on once, and of no other', () => {
    expect(paged.length).toBeGreaterThan(5);
    for (const alert of ALERTS) expect(sentOf(alert)).toHaveLength(paged.includes(alert) ? 1 : 0);
  });

  test.each(paged.map((alert) => [alert.detail.finding_info.uid, alert] as const))(
    'gets of %s what PagerDuty’s Events API v2 asks for',
    (uid, alert) => {
      const [sent] = sentOf(alert);
      expect(sent).toMatchObject({
        event_action: 'trigger',
        dedup_key: uid,
        payload: { severity: alert.detail.severity === 'Critical' ? 'critical' : 'error' },
      });
      expect(sent?.dedup_key.length).toBeLessThanOrEqual(255);
      expect(sent?.payload.summary.length).toBeLessThanOrEqual(1024);
      expect(sent?.payload.source).toMatch(/^\d{12}\/[a-z0-9-]+$/);
      expect(sent?.payload.custom_details.message).toBe(alert.detail.message);
    },
  );

  test('gets its routing key from a secret, by the connection', () => {
    const [connection] = ofType('AWS::Events::Connection');
    expect(memberOf(connection, 'AuthParameters', 'InvocationHttpParameters', 'BodyParameters')).toEqual([
      {
        Key: 'routing_key',
        Value: expect.stringMatching(/^\{\{resolve:secretsmanager:pagerduty/) as string,
        IsValueSecret: true,
      },
    ]);
    expect(ofType('AWS::Events::ApiDestination')).toMatchObject([
      { InvocationEndpoint: 'https://events.pagerduty.com/v2/enqueue', HttpMethod: 'POST' },
    ]);
  });
});

interface PagerDutyEvent {
  readonly dedup_key: string;
  readonly payload: {
    readonly summary: string;
    readonly source: string;
    readonly custom_details: { readonly message: string };
  };
}

describe('the signed webhook', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const signed = (event: object, now: number): Request => {
    const script = `
      const { signedRequest } = await import(${JSON.stringify(path.join(FOLDER, 'signed-webhook', 'sign.mjs'))});
      process.stdout.write(JSON.stringify(signedRequest(${JSON.stringify(event)}, ${JSON.stringify(secret)}, ${now})));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    return JSON.parse(stdout) as Request;
  };

  interface Request {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }

  test('is what the receiver computes from the id, the time and the body, and nothing else', () => {
    const [alert] = ALERTS;
    const { headers, body } = signed(alert ?? {}, 1_795_000_000_500);
    const sum = (text: string): string =>
      `v1,${createHmac('sha256', Buffer.alloc(32, 7)).update(text).digest('base64')}`;
    expect(headers['webhook-timestamp']).toBe('1795000000');
    expect(headers['webhook-signature']).toBe(sum(`${alert?.id}.1795000000.${body}`));
    expect(headers['webhook-signature']).not.toBe(sum(`${alert?.id}.1795000001.${body}`));
    expect(JSON.parse(body)).toEqual({ type: 'es-config-monitor.alert', timestamp: alert?.time, data: alert?.detail });
  });

  test('is sent by a function that a rule on the bus calls for each alert', () => {
    const resources = resourcesOf('signed-webhook.ts');
    const rules = resources.filter(
      ({ Type, Properties }) => Type === 'AWS::Events::Rule' && memberOf(Properties, 'EventBusName'),
    );
    expect(rules.map(({ Properties }) => memberOf(Properties, 'EventPattern'))).toEqual([
      { source: ['es-config-monitor'], 'detail-type': ['Alert'] },
    ]);
  });
});
