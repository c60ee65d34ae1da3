import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../../core/base/counted';
import { textOfError } from '../../core/base/error-text';
import { plain } from '../../core/base/plain-text';
import { announceAll, type AnnounceEffects, type Send } from '../backfill/announce';
import { forgetDone, keepDone, readDone, type Done, type Task } from '../backfill/done';
import { queueAt, regionOfQueue } from '../backfill/queue';
import { command } from '../command';
import { note, UsageError, type Console } from '../console';
import { progressOn } from '../progress';
import { quoted } from '../quoted';
import { readAddress, s3BucketOf, type BucketOf } from '../sources/s3';
import { logObjectsUnder, type LogObject } from '../sources/s3-keys';
import { readTime } from '../times';

export interface BackfillEffects extends Pick<AnnounceEffects, 'pause' | 'now'> {
  readonly bucketOf: BucketOf;
  readonly queueAt: (url: string) => Promise<Send>;
  /** Milliseconds since 1970. */
  readonly today: () => number;
}

/** Log files a second that the function reads without falling behind, as measured for small ones. */
const PER_SECOND = 20;

/** `backfill`: what a bucket holds from before the monitor, judged by the deployed function. */
export const backfillWith = (effects: BackfillEffects) =>
  command({
    name: 'backfill',
    summary: 'Has the deployed monitor judge log files from before it was there, or from while it was not.',
    description:
      'Puts a message for each log file into the queue of the stack, its output LogFileQueueUrl. What was told before is not told again; what was not is told now, however old: look with scan first. It goes on where it was stopped, also on another day, as long as the file of --resume is there, which it takes away at the end. It asks s3:ListBucket and sqs:SendMessage.',
    operands: { name: 's3://BUCKET/PREFIX', least: 1, most: 1 },
    options: {
      queue: { type: 'text', value: 'URL', description: "the stack's output LogFileQueueUrl" },
      since: { type: 'text', value: 'TIME', description: 'the first day: a day, a time, or 30d for days before now' },
      until: { type: 'text', value: 'TIME', description: 'the last day; without it today' },
      account: { type: 'texts', value: 'ID', description: 'the accounts; without it all' },
      region: { type: 'texts', value: 'REGION', description: 'the regions; without it all' },
      rate: {
        type: 'whole-number',
        value: 'N',
        least: 1,
        default: PER_SECOND,
        description: 'log files a second at most',
      },
      resume: {
        type: 'text',
        value: 'FILE',
        default: 'es-config-monitor-backfill.json',
        description: 'where it keeps how far it came',
      },
      'dry-run': { type: 'flag', description: 'count the log files, and announce none' },
    },
    examples: [
      {
        args: '--queue https://sqs.eu-west-1.amazonaws.com/111122223333/Queue --since 30d s3://my-trail-bucket',
        gives: 'the alerts of the last 30 days that nobody was told',
      },
      {
        args: '--queue https://sqs.eu-west-1.amazonaws.com/111122223333/Queue --since 2026-01-01 --until 2026-03-31 --account 444455556666 --dry-run s3://my-trail-bucket',
        gives: 'how many log files that would be, of one account',
      },
    ],
    exitCodes: { 0: 'all log files were announced', 2: 'not all were; the same command goes on' },

    async run({ options, operands: [address = ''] }, console) {
      const { name, prefix } = readAddress(address);
      const { queue, rate, resume } = options;
      if (queue === undefined) throw new UsageError("--queue must be given: the stack's output LogFileQueueUrl");
      if (regionOfQueue(queue) === undefined)
        throw new UsageError(
          `--queue is ${quoted(queue)}; allowed: the URL of a queue, https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`,
        );
      const task: Task = {
        address,
        queueUrl: queue,
        asked: [options.since, options.until].join(' to '),
        ...daysIn(options, new Date(effects.today())),
        accounts: options.account,
        regions: options.region,
      };
      const before = readDone(resume, task);
      const bucket = await effects.bucketOf(name);
      const objects = logObjectsUnder(
        prefix,
        { days: before.task, accounts: options.account, regions: options.region },
        bucket.list,
      );
      if (options['dry-run']) return told(await sizeOf(objects), before.task, rate, console);
      return announce(objects, name, { before, resume, rate, send: await effects.queueAt(queue), effects, console });
    },
  });

export const backfillCommand = backfillWith({
  bucketOf: s3BucketOf,
  queueAt,
  pause: sleep,
  now: () => performance.now(),
  today: Date.now,
});

/** @throws UsageError where there is no first day, and where it is after the last one */
function daysIn(
  options: { readonly since: string | undefined; readonly until: string | undefined },
  now: Date,
): Pick<Task, 'first' | 'last'> {
  if (options.since === undefined)
    throw new UsageError(
      '--since must be given, such as 30d: without it every log file of the bucket would be judged, and told',
    );
  const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
  const first = dayOf(readTime('since', options.since, now, 'beginning'));
  const last = options.until === undefined ? dayOf(now) : dayOf(readTime('until', options.until, now, 'end'));
  if (first > last) throw new UsageError(`--since ${first} is after --until ${last}`);
  return { first, last };
}

interface Size {
  readonly files: number;
  readonly bytes: number;
}

async function sizeOf(objects: AsyncIterable<LogObject>): Promise<Size> {
  let [files, bytes] = [0, 0];
  for await (const { size } of objects) [files, bytes] = [files + 1, bytes + size];
  return { files, bytes };
}

function told({ files, bytes }: Size, { first, last }: Task, rate: number, console: Console): number {
  console.out(
    `${counted(files, 'log file')} of ${first} to ${last}, ${(bytes / 2 ** 20).toFixed(1)} MiB: ` +
      `${Math.ceil(files / 10)} requests to the queue, ${Math.ceil(files / rate)} seconds at ${rate} a second; nothing was announced\n`,
  );
  return 0;
}

interface Under {
  readonly before: Done;
  readonly resume: string;
  readonly rate: number;
  readonly send: Send;
  readonly effects: BackfillEffects;
  readonly console: Console;
}

async function announce(objects: AsyncIterable<LogObject>, bucket: string, under: Under): Promise<number> {
  const { before, resume, rate, send, effects, console } = under;
  const progress = progressOn(console, 'log files announced');
  let { announced } = before;
  if (announced > 0)
    note(
      console,
      `${counted(announced, 'log file')} were announced before; going on after ${plain(before.lastKey ?? '', 1000)}`,
    );
  try {
    await announceAll(
      after(before.lastKey, objects),
      bucket,
      rate,
      { send, pause: effects.pause, now: effects.now },
      (count, lastKey) => {
        announced += count;
        keepDone(resume, { task: before.task, announced, lastKey });
        progress.show(announced);
      },
    );
  } catch (error) {
    progress.clear();
    console.err(`${plain(textOfError(error), 1000)}\n`);
    console.err(`${counted(announced, 'log file')} were announced; the same command goes on from there\n`);
    return 2;
  }
  progress.clear();
  if (announced === 0) {
    console.err(`${quoted(before.task.address)} has no log file of ${before.task.first} to ${before.task.last}\n`);
    return 2;
  }
  forgetDone(resume);
  console.out(`${counted(announced, 'log file')} announced, of ${before.task.first} to ${before.task.last}\n`);
  return 0;
}

/**
 * What comes after `lastKey`, where a listing gives the same order each time. A key that is there no more gives everything
 * again, which costs time and tells nobody twice.
 */
async function* after(lastKey: string | undefined, objects: AsyncIterable<LogObject>): AsyncGenerator<LogObject> {
  if (lastKey === undefined) {
    yield* objects;
    return;
  }
  const passed: LogObject[] = [];
  let isPast = false;
  for await (const object of objects) {
    if (isPast) yield object;
    else if (object.key === lastKey) isPast = true;
    else passed.push(object);
  }
  if (!isPast) yield* passed;
}
