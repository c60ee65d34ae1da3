import { judgeAccessPolicy } from '../core/access-policy';
import { delivery } from '../lambda/delivery';
import { monitor } from '../lambda/monitor';
import { toCriteria } from '../core/settings';
import cases from '../test/fixtures/access-policies.json';
import { recordsOf, toLogFile } from './corpus';
import type { Figure } from './figure';
import { measure, measured, type Measured, type Rounds } from './measure';
import { randomFrom } from './random';

/** What comes after the records are found: calls to alerts, and the judgement of their access policies. */
export async function handlerFigures(quick: boolean): Promise<Figure[]> {
  const rounds = { blocks: quick ? 3 : 7, rounds: 3 };
  return [
    await callFigure(rounds),
    await policyFigure(rounds),
    await largestPolicyFigure(rounds),
    await hardestPolicyFigure({ blocks: 3, rounds: 1 }),
  ];
}

const EVENT = { s3Bucket: 'logs', s3ObjectKey: ['AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/24/a.json.gz'] };

/** Notification to alerts, with nothing of AWS but its bytes. */
async function callFigure(rounds: Rounds): Promise<Figure> {
  const records = recordsOf(4_000_000, 'es1', randomFrom(7)).filter((record) => record.includes('UpdateDomainConfig'));
  const { gzip } = toLogFile('calls', records);
  const criteria = toCriteria();
  let alerts = 0;
  const whole = (): Promise<unknown> =>
    monitor(EVENT, {
      openObject: () => Promise.resolve({ size: gzip.length, read: () => Promise.resolve(gzip) }),
      deliver: delivery(criteria, {
        publish: () => {
          alerts++;
          return Promise.resolve('sent');
        },
      }),
      report: () => undefined,
    });
  const time = await timeOf(whole, rounds, 5);
  if (alerts === 0 || alerts % records.length !== 0) throw new Error(`${records.length} calls gave ${alerts} alerts`);
  return { what: 'bytes to alert, per configuration call', ...perItem(time, records.length), unit: 'µs' };
}

async function policyFigure(rounds: Rounds): Promise<Figure> {
  const policies: readonly unknown[] = cases.map(({ policy }) => policy);
  const judgeAll = (): void => policies.forEach((policy) => judgeAccessPolicy(policy, CONTEXT));
  const time = perItem(await timeOf(judgeAll, rounds, 5), policies.length);
  return { what: 'judgement of an access policy', ...time, unit: 'µs', note: `mean of ${policies.length} policies` };
}

async function timeOf(work: () => unknown, rounds: Rounds, repeats: number): Promise<Measured> {
  return measured((await measure<'work'>([{ work }], rounds, repeats)).work);
}

/** Microseconds, where `whole` is milliseconds of `count` items. */
function perItem({ value, range: [least, most] }: Measured, count: number): Measured {
  const each = (time: number): number => (time / count) * 1000;
  return { value: each(value), range: [each(least), each(most)] };
}

const CONTEXT = { accountId: '111122223333', domainArn: 'arn:aws:es:us-east-1:111122223333:domain/logs' };

/** The API takes policies up to 100 KB. */
async function largestPolicyFigure(rounds: Rounds): Promise<Figure> {
  const statement = (index: number, effect: string): unknown => ({
    Effect: effect,
    Principal: { AWS: `arn:aws:iam::${String(index).padStart(12, '0')}:root` },
    Action: 'es:ESHttp*',
    Resource: `${CONTEXT.domainArn}/index-${index}/*`,
    Condition: { IpAddress: { 'aws:SourceIp': `10.${index % 256}.0.0/16` } },
  });
  const statements = Array.from({ length: 420 }, (_, index) => statement(index, index % 2 === 0 ? 'Allow' : 'Deny'));
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const largest = (): unknown => judgeAccessPolicy(policy, CONTEXT);
  const time = await timeOf(largest, rounds, 1);
  const note = `${(policy.length / 1000).toFixed(0)} KB, ${statements.length} statements`;
  return { what: 'judgement of the largest access policy', ...time, unit: 'ms', note };
}

/** A policy of the largest size that is made to be slow to compare: its judgement gives up in time. */
async function hardestPolicyFigure(rounds: Rounds): Promise<Figure> {
  const everyone = { Principal: '*', Action: 'es:*' };
  const spared = Array.from({ length: 24 }, (_, at) => `arn:*${'a'.repeat(1980)}${at}*`);
  const policy = JSON.stringify({
    Statement: [
      { ...everyone, Effect: 'Allow', Resource: `${CONTEXT.domainArn}/${'a'.repeat(48_000)}` },
      { ...everyone, Effect: 'Deny', NotResource: spared },
    ],
  });
  const hardest = (): unknown => judgeAccessPolicy(policy, CONTEXT);
  const time = await timeOf(hardest, rounds, 1);
  const note = `${(policy.length / 1000).toFixed(0)} KB`;
  return { what: 'judgement of an access policy made to be slow', ...time, unit: 'ms', note };
}
