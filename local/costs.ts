/* What the stack costs by the month, as sums of what is counted: docs/cost.md prints them, and test/docs/cost.test.ts counts it. */

import { counted } from '../core/base/counted';

/** The day of the prices: list prices of us-east-1 in US dollars, without any free tier, written down from memory. */
export const PRICES_OF = '2026-11-29';

/** Of one unit. */
export const PRICES = {
  's3 get': 0.4e-6,
  's3 put': 5e-6,
  's3 GB-month': 0.023,
  'sqs request': 0.4e-6,
  'sns publish': 0.5e-6,
  'sns e-mail': 20e-6,
  'lambda request': 0.2e-6,
  'lambda GB-second': 13.3334e-6,
  'log GB': 0.5,
  'log GB-month': 0.03,
  'write unit': 0.625e-6,
  'read unit': 0.125e-6,
  'alarm metric': 0.1,
  metric: 0.3,
  key: 1,
  'eventbridge event': 1e-6,
} as const;

export type Unit = keyof typeof PRICES;

/** One line of a sum. */
export interface Cost {
  readonly item: string;
  readonly basis: string;
  readonly of: Unit;
  readonly count: number;
}

/** In dollars. */
export const sumOf = (costs: readonly Cost[], times = 1): number =>
  costs.reduce((sum, { of, count }) => sum + PRICES[of] * count * times, 0);

const MILLION = 1e6;
const DAYS = 30;
const GB = 1e9;

/** What the code and the template come to. The test counts each. */
export const COUNTED = {
  batchSize: 10,
  memoryGB: 0.5,
  /** Of a log file without a record of the service: the line and its metrics. */
  logBytes: 876,
  /** Of a call, where an entry of the history has 5 KB. */
  table: {
    update: { requests: 6, writes: 14, reads: 3 },
    reapplied: { requests: 6, writes: 18, reads: 4 },
    denied: { requests: 3, writes: 3, reads: 0 },
    'delivered again': { requests: 5, writes: 7, reads: 5 },
  },
  /** Of a digest. */
  digest: { writes: 2, reads: 1 },
  /** Of what the table holds of a chain of digests. */
  chainBytes: 189,
  alarms: 9,
  alarmMetrics: 26,
  /** Those of the function, and of the check of state; without completeness, fast path and owners. */
  metrics: { usual: 23, completeness: 5 },
  keys: 1,
  stateChecksADay: 96,
  stateCheckGB: 0.25,
  /** Days. */
  logFileRetention: 400,
} as const;

/** What AWS does, or was measured, and no code here says. */
const ASSUMED = {
  logFileBytes: 55_000,
  regions: 17,
  /** CloudTrail writes at most every five minutes. */
  filesADay: 17 * 12 * 24,
  digestsADay: 17 * 24,
  /** Lambda asks an idle queue with five pollers, each of which waits for twenty seconds. */
  idlePollsADay: (5 * 24 * 3600) / 20,
  secondsOfTenFiles: 0.05,
  platformBytes: 600,
  stateCheckSeconds: 3,
  /** Of an account in a month. */
  calls: 100,
} as const;

const perFile = 1 / COUNTED.batchSize;

function unitsOf({ writes, reads }: { readonly writes: number; readonly reads: number }): readonly Cost[] {
  return [
    { item: 'DynamoDB', basis: counted(writes, 'write unit'), of: 'write unit', count: MILLION * writes },
    { item: 'DynamoDB', basis: counted(reads, 'read unit'), of: 'read unit', count: MILLION * reads },
  ];
}

/** Log files with no configuration call in them: nearly all. */
export const A_MILLION_LOG_FILES: readonly Cost[] = [
  { item: 'S3 `GetObject`', basis: 'one for each file', of: 's3 get', count: MILLION },
  {
    item: 'SQS',
    basis: `S3's send, and a receive and a delete for ${COUNTED.batchSize} messages`,
    of: 'sqs request',
    count: MILLION * (1 + 2 * perFile),
  },
  {
    item: 'logs and metrics',
    basis: `${COUNTED.logBytes} bytes for each file in two lines`,
    of: 'log GB',
    count: (MILLION * COUNTED.logBytes) / GB,
  },
  {
    item: 'Lambda compute',
    basis: `${COUNTED.memoryGB * 1024} MB on arm64; about ${ASSUMED.secondsOfTenFiles * 1000} ms for ten files, measured throttled`,
    of: 'lambda GB-second',
    count: MILLION * perFile * ASSUMED.secondsOfTenFiles * COUNTED.memoryGB,
  },
  { item: 'Lambda requests', basis: 'ten files in one', of: 'lambda request', count: MILLION * perFile },
  {
    item: 'platform log lines',
    basis: `about ${ASSUMED.platformBytes} bytes for each invocation`,
    of: 'log GB',
    count: (MILLION * perFile * ASSUMED.platformBytes) / GB,
  },
];

/** More, where digests are followed: each log file is read once more, ten to a message, and each digest once. */
export const A_MILLION_CHECKED: readonly Cost[] = [
  { item: 'S3 `GetObject`', basis: 'one for each file', of: 's3 get', count: MILLION },
  {
    item: 'SQS',
    basis: 'one message for ten files, sent, received and deleted ten at once',
    of: 'sqs request',
    count: MILLION * perFile * perFile * 3,
  },
  {
    item: 'logs and metrics',
    basis: 'computed: a tenth of the lines of a first reading',
    of: 'log GB',
    count: (MILLION * perFile * COUNTED.logBytes) / GB,
  },
  {
    item: 'Lambda compute',
    basis: 'computed: that of a first reading',
    of: 'lambda GB-second',
    count: MILLION * perFile * ASSUMED.secondsOfTenFiles * COUNTED.memoryGB,
  },
];

export const A_MILLION_DIGESTS: readonly Cost[] = [...A_MILLION_LOG_FILES, ...unitsOf(COUNTED.digest)];

/** What a read unit reads where the answer may be a moment old. */
const BYTES_OF_A_READ = 2 * 4096;

/** By the month: the check of state looks through all chains of digests each time. */
export const looksAtChains = (chains: number): readonly Cost[] => [
  {
    item: 'DynamoDB',
    basis: `${COUNTED.chainBytes} bytes for each account and region, ${COUNTED.stateChecksADay} times a day`,
    of: 'read unit',
    count: DAYS * COUNTED.stateChecksADay * Math.ceil((chains * COUNTED.chainBytes) / BYTES_OF_A_READ),
  },
];

/** Of 5,000 accounts. */
export const CHAINS_OF_MANY = 5000 * ASSUMED.regions;

/** A million calls of each kind, with one e-mail each where they are told. */
export const A_MILLION_CALLS: Readonly<Record<keyof typeof COUNTED.table, readonly Cost[]>> = {
  update: [...unitsOf(COUNTED.table.update), ...told()],
  reapplied: unitsOf(COUNTED.table.reapplied),
  denied: [...unitsOf(COUNTED.table.denied), ...told()],
  'delivered again': unitsOf(COUNTED.table['delivered again']),
};

function told(): readonly Cost[] {
  return [
    { item: 'SNS', basis: 'one publish', of: 'sns publish', count: MILLION },
    { item: 'SNS', basis: 'one e-mail', of: 'sns e-mail', count: MILLION },
  ];
}

/** By the month, whether there are files or not. */
export const FLAT: readonly Cost[] = [
  {
    item: 'alarms',
    basis: `${COUNTED.alarms} on ${COUNTED.alarmMetrics} metrics`,
    of: 'alarm metric',
    count: COUNTED.alarmMetrics,
  },
  {
    item: 'metrics',
    basis: `up to ${COUNTED.metrics.usual}: what has nothing to count in an hour is not charged for it`,
    of: 'metric',
    count: COUNTED.metrics.usual,
  },
  { item: 'KMS key', basis: 'of the operations topic', of: 'key', count: COUNTED.keys },
  {
    item: 'idle polling',
    basis: 'Lambda asks the queue: five pollers, twenty seconds each',
    of: 'sqs request',
    count: DAYS * ASSUMED.idlePollsADay,
  },
  {
    item: 'check of state',
    basis: `${COUNTED.stateChecksADay} times a day about ${ASSUMED.stateCheckSeconds} s at ${COUNTED.stateCheckGB * 1024} MB; its questions, about 60 each, and the schedule cost nothing`,
    of: 'lambda GB-second',
    count: DAYS * COUNTED.stateChecksADay * ASSUMED.stateCheckSeconds * COUNTED.stateCheckGB,
  },
];

const FILES = DAYS * ASSUMED.filesADay;
const DIGESTS = DAYS * ASSUMED.digestsADay;

/** By the month and account, where the stack makes the trail. */
export const NEW_TRAIL: readonly Cost[] = [
  {
    item: 'S3 storage',
    basis: `${COUNTED.logFileRetention} days of ${ASSUMED.filesADay} files of 55 KB, once they are there`,
    of: 's3 GB-month',
    count: (COUNTED.logFileRetention * ASSUMED.filesADay * ASSUMED.logFileBytes) / GB,
  },
  { item: 'S3 `PutObject`', basis: "CloudTrail's own", of: 's3 put', count: FILES + DIGESTS },
];

/** By the month. */
export interface Size {
  readonly accounts: number;
  readonly files: number;
  readonly reading: number;
  readonly calls: number;
  readonly flat: number;
  readonly together: number;
  /** More, with completeness. */
  readonly completeness: number;
  /** More, with EventBridge as the source. */
  readonly eventBridge: number;
}

export function sizeOf(accounts: number): Size {
  const files = accounts * FILES;
  const reading = sumOf(A_MILLION_LOG_FILES, files / MILLION);
  const calls = sumOf(A_MILLION_CALLS.update, (accounts * ASSUMED.calls) / MILLION);
  const flat = sumOf(FLAT);
  return {
    accounts,
    files,
    reading,
    calls,
    flat,
    together: reading + calls + flat,
    completeness:
      sumOf(A_MILLION_CHECKED, files / MILLION) +
      sumOf(A_MILLION_DIGESTS, (accounts * DIGESTS) / MILLION) +
      sumOf(looksAtChains(accounts * ASSUMED.regions)) +
      PRICES.metric * COUNTED.metrics.completeness,
    eventBridge: PRICES['eventbridge event'] * files,
  };
}

export const CALLS_OF_AN_ACCOUNT = ASSUMED.calls;
