import { gzipSync } from 'node:zlib';
import { isObject, listOf, memberOf } from '../../core/base/members';
import { keyOf, logFileOf, OPEN, updateOf } from '../risky-log-file';
import { startStack, type RunningStack } from '../running-stack';
import type { WireFault } from '../wire';
import { messageAbout } from './announcement';
import { gzipBomb, quietBomb } from './hostile-files';
import { timesFaster } from './times-faster';

/** One invocation with a batch of ten messages, some of which hold it up. */
export interface HostileBatch {
  readonly kind: string;
  /** Good files of the batch all of whose alerts were told. */
  readonly done: number;
  /** Messages that were to be handed back, and those that were. */
  readonly hostile: number;
  readonly reported: number;
  /** What the invocation took, in the function's own time. */
  readonly seconds: number;
  /** What the process had used after it: a new one for each batch. */
  readonly peakMiB: number;
  readonly cpuSeconds: number;
  /** What is wrong with it. @default - nothing */
  readonly wrong?: string;
}

const BATCH = 10;

/**
 * The function's time goes faster, and its processor does not: what it computes counts for twice what it would at the function's
 * share of a processor in AWS. With less haste, bombs and alerts take as much more of the processor as they are given time.
 */
const MOST_TIMES_FASTER = 8;

interface Kind {
  readonly bytes: () => Uint8Array;
  /** @default 1 */
  readonly count?: number;
  /** On the wire, for the object. @default - it is answered */
  readonly fault?: WireFault;
}

const good = (name: string): Uint8Array =>
  logFileOf([updateOf({ domain: name, eventID: name, eventTime: '2026-11-24T10:00:00Z' }, { accessPolicies: OPEN })]);

const MIB = 1024 * 1024;

const manyAlerts = (): Uint8Array =>
  logFileOf(
    Array.from({ length: 10_000 }, (_, at) =>
      updateOf(
        {
          domain: `many-${at % 500}`,
          eventID: `many-${at}`,
          eventTime: `2026-11-24T10:00:00.${String(at).padStart(6, '0')}Z`,
        },
        { accessPolicies: OPEN, domainEndpointOptions: { enforceHTTPS: at % 2 === 0 } },
      ),
    ),
  );

export const KINDS: Readonly<Record<string, Kind>> = {
  'a file like the others': { bytes: () => good('another'), count: 0 },
  'an object that never answers': { bytes: () => good('silent'), fault: 'no answer' },
  'an object that drips': { bytes: () => good('dripping'), fault: 'drips' },
  'a gzip bomb of 6.6 MB': { bytes: () => gzipBomb(6500) },
  'ten of them': { bytes: () => gzipBomb(6500), count: BATCH },
  'a bomb that hides its size': { bytes: () => quietBomb(6500) },
  'ten that hide their size': { bytes: () => quietBomb(6500), count: BATCH },
  '10 MB of brackets': { bytes: () => Buffer.from(`{"Records":[${'['.repeat(10 * MIB)}`) },
  '10 MB of brackets, compressed': { bytes: () => gzipSync(`{"Records":[${'['.repeat(10 * MIB)}`) },
  'a file with 10,000 alerts': { bytes: manyAlerts },
};

/** @throws Error when the stack does not start */
export async function runHostileBatches(
  tell: (batch: HostileBatch) => void = () => undefined,
): Promise<readonly HostileBatch[]> {
  const faster = timesFaster(MOST_TIMES_FASTER, 5);
  let slow: { readonly name: string; readonly fault: WireFault } | undefined;
  const stack = await startStack({
    subscribers: [{ protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:archive' }],
    haste: { redeliverAfterSeconds: 1, longestWindowSeconds: 0.1, timesFaster: faster },
    listener: () => ({
      asked: ({ kind, about }) =>
        kind === 'read-object' && slow && about.includes(slow.name) ? slow.fault : undefined,
    }),
  });
  const batches: HostileBatch[] = [];
  try {
    // The batches are given by hand.
    await stack.mapping.disable();
    for (const [index, [kind, { bytes, count = 1, fault }]] of Object.entries(KINDS).entries()) {
      const name = `batch-${index}`;
      slow = fault && { name: `${name}-hostile`, fault };
      const batch = await runBatch(stack, faster, { kind, name, bytes: bytes(), hostile: count });
      batches.push(batch);
      tell(batch);
    }
    return batches;
  } finally {
    await stack.close();
  }
}

/** What is in a batch: so many files of the bytes, and good ones. */
interface Contents {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hostile: number;
}

/** @param faster how many times faster the function's time goes */
async function runBatch(
  stack: RunningStack,
  faster: number,
  { kind, name, bytes, hostile }: Contents,
): Promise<HostileBatch> {
  const [lambda] = stack.functions;
  if (!lambda) throw new Error('the stack has no function');
  const bucket = stack.plan.notifications[0]?.bucket ?? '';
  const names = Array.from({ length: BATCH }, (_, at) => `${name}-${at < hostile ? 'hostile' : 'good'}-${at}`);
  for (const one of names) await stack.upload(keyOf(one), one.includes('hostile') ? bytes : good(one));
  const event = {
    Records: names.map((one) => ({
      eventSource: 'aws:sqs',
      messageId: one,
      body: messageAbout({ key: keyOf(one) }, { bucket }),
    })),
  };
  // A new process, so that memory and processor are those of this batch.
  lambda.kill();
  await stack.until('the process before has ended', () => !lambda.isRunning());
  const before = stack.inbox.length;
  const start = performance.now();
  const invocation = await lambda.invoke(event);
  const seconds = ((performance.now() - start) / 1000) * faster;
  const failed =
    invocation.outcome === 'returned' && isObject(invocation.payload)
      ? listOf(invocation.payload['batchItemFailures'])
      : [];
  const reported = failed.map((failure) => String(memberOf(failure, 'itemIdentifier')));
  const told = new Set(
    stack.inbox.slice(before).map(({ message }) => String(memberOf(JSON.parse(message), 'finding_info', 'uid'))),
  );
  const done = names.filter((one) => one.includes('good') && told.has(one) && !reported.includes(one)).length;
  const { peakMiB, cpuSeconds } = lambda.usage();
  const problems = [
    ...(invocation.outcome === 'failed' ? [`the invocation ended: ${invocation.errorMessage}`] : []),
    ...(done === BATCH - hostile ? [] : [`${done} of ${BATCH - hostile} good files are done`]),
    ...(reported.length === hostile && reported.every((one) => one.includes('hostile'))
      ? []
      : [`reported: ${reported.join(', ') || 'none'}`]),
    ...(peakMiB <= stack.plan.function.memoryMB
      ? []
      : [`${Math.round(peakMiB)} MiB of ${stack.plan.function.memoryMB}`]),
  ];
  const figures = { kind, done, hostile, reported: reported.length, seconds, peakMiB, cpuSeconds };
  return { ...figures, ...(problems.length > 0 && { wrong: `${kind}: ${problems.join('; ')}` }) };
}

export function batchTableOf(batches: readonly HostileBatch[]): readonly string[] {
  const row = (...cells: readonly string[]): string =>
    cells.map((cell, at) => (at === cells.length - 1 ? cell : cell.padStart(9))).join('  ');
  return [
    row('done', 'reported', 'seconds', 'CPU s', 'MiB', 'one batch of ten with'),
    ...batches.map(({ kind, done, reported, seconds, cpuSeconds, peakMiB }) =>
      row(String(done), String(reported), seconds.toFixed(0), cpuSeconds.toFixed(1), peakMiB.toFixed(0), kind),
    ),
  ];
}
