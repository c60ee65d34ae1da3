import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toDemoLogFile } from './demo-log-file';
import type { Invoke } from './event-source-mapping';
import { eventOf, OPEN, updateOf } from './risky-log-file';
import type { RunningStack } from './running-stack';
import type { LocalSubscriber } from './synthesize';

/** A subscriber whose queue nobody has. */
export const GONE: LocalSubscriber = { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:gone' };

/** What the run has to be able to do to itself. */
export interface Stage {
  readonly stack: RunningStack;
  /** Sends the batches from now on to this, and back where it is not given. */
  readonly send: (to?: Invoke | 'nowhere') => void;
  /** Lets so many seconds pass for what waits in the queues. */
  readonly pass: (seconds: number) => void;
}

export interface Provocation {
  /** As the rest of a sentence that begins with "made to fire by". */
  readonly act: string;
  readonly provoke: (stage: Stage) => Promise<void>;
  /** Sets right what was done. */
  readonly end?: (stage: Stage) => Promise<void>;
}

/** A log file of the demo, with risky calls in it, under a key of its own. @returns when the function was given it */
async function upload({ stack }: Stage, name: string, change: (body: Uint8Array) => Uint8Array = (body) => body) {
  const { key, body } = toDemoLogFile(new Date());
  await stack.upload(key.replace('.json.gz', `${name}.json.gz`), change(body));
  return () =>
    stack.until(`the function was given ${name}`, () =>
      stack.mapping.batches.some(({ messages }) => messages.some(({ Body }) => Body?.includes(name))),
    );
}

/** Sends what comes to a build of the function in which `from` is another text. */
async function toFaulty(stage: Stage, from: string): Promise<void> {
  const { taskRoot } = stage.stack.plan.function;
  // Beside the bundle, and removed with it.
  const folder = `${taskRoot}-without-${from}`;
  cpSync(taskRoot, folder, { recursive: true });
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, `Not${from}`));
  }
  const faulty = await stage.stack.startBuild(folder);
  faultyLogs.push(faulty.logs);
  stage.send(faulty.invoke);
}

/** Reads a log file with such a build. */
async function uploadToFaulty(stage: Stage, from: string): Promise<void> {
  await toFaulty(stage, from);
  await (
    await upload(stage, `-faulty-${from}`)
  )();
}

/** What faulty builds wrote: their metrics count as well. */
const faultyLogs: (() => string)[] = [];

export const logsOfFaulty = (): string => faultyLogs.map((logs) => logs()).join('\n');

const back = async ({ send }: Stage): Promise<void> => send();

const THREE_DAYS = 3 * 24 * 60 * 60;

/** A call that opens `domain`, as an event. */
const openingOf = (domain: string): object =>
  eventOf(updateOf({ domain, eventID: domain, eventTime: '2026-11-24T10:00:00Z' }, { accessPolicies: OPEN }));

/** How each alarm is made to fire, by the name of the alarm in the template. */
export const PROVOCATIONS: Readonly<Record<string, Provocation>> = {
  DeadLetterAlarm: {
    act: 'a log file that is cut short, tried five times',
    async provoke(stage) {
      await upload(stage, '-cut-short', (body) => body.subarray(0, -9));
    },
  },
  OldestMessageAlarm: {
    act: 'the event source mapping disabled, and a log file announced',
    async provoke(stage) {
      await stage.stack.mapping.disable();
      await upload(stage, '-waiting');
    },
    end: async ({ stack }) => stack.mapping.enable(),
  },
  UndeliveredAlertAlarm: {
    act: 'an alert for a subscriber whose queue is gone',
    async provoke(stage) {
      const { stack } = stage;
      await upload(stage, '-undelivered');
      const undelivered = stack.plan.queues.find(({ name }) => name.includes('UndeliveredAlerts'))?.arn ?? '';
      await stack.until('an alert was published', () => stack.inbox.some(({ endpoint }) => endpoint === GONE.endpoint));
      // The emulator drops what it cannot deliver; SNS puts it into the dead-letter queue of the subscription.
      for (const { message } of stack.inbox.filter(({ endpoint }) => endpoint === GONE.endpoint)) {
        await stack.resources.send(undelivered, { Message: message });
      }
    },
  },
  FunctionErrorAlarm: {
    act: 'the function killed in the middle of a batch',
    async provoke(stage) {
      const [running] = stage.stack.functions;
      stage.send(async (event) => {
        const invoked = running?.invoke(event);
        running?.kill();
        return (await invoked) ?? { outcome: 'failed', errorType: 'none', errorMessage: 'there is no function' };
      });
      await upload(stage, '-killed');
    },
    end: back,
  },
  FunctionThrottleAlarm: {
    act: 'a concurrency of 0, and a log file announced',
    async provoke(stage) {
      stage.send('nowhere');
      await upload(stage, '-throttled');
    },
    end: back,
  },
  LogFilesUnaccountedAlarm: {
    act: 'a build of the function that does not count the log files it scanned',
    provoke: (stage) => uploadToFaulty(stage, 'LogFilesScanned'),
    end: back,
  },
  CallsUnaccountedAlarm: {
    act: 'a build of the function that does not count the calls it found',
    provoke: (stage) => uploadToFaulty(stage, 'CallsFound'),
    end: back,
  },
  OwnersUnaccountedAlarm: {
    act: 'a build of the function that does not count the alerts that an owner is to be told of',
    provoke: (stage) => uploadToFaulty(stage, 'OwnerAlertsDue'),
    end: back,
  },
  FastRecordsUnaccountedAlarm: {
    act: 'a build of the function that does not count the records that it judged as events',
    async provoke(stage) {
      await toFaulty(stage, 'FastRecordsJudged');
      await stage.stack.putEvent(openingOf('as-an-event'));
    },
    end: back,
  },
  AlertBusAlarm: {
    act: 'the pipe stopped, and an alert told',
    async provoke(stage) {
      for (const pipe of stage.stack.pipes) await pipe.stop();
      await stage.stack.putEvent(openingOf('for-the-bus'));
    },
    async end({ stack }) {
      for (const pipe of stack.pipes) pipe.start();
    },
  },
  MailDigestAlarm: {
    act: 'alerts told, and three days in which no schedule has the digest sent',
    provoke: async ({ pass }) => pass(THREE_DAYS),
    end: async ({ stack }) => void (await stack.sendDigest()),
  },
  NoLogFilesAlarm: {
    act: 'a last log file, and none for as long as the stack says',
    provoke: async (stage) => (await upload(stage, '-last'))(),
  },
  StateCheckAlarm: {
    act: 'the check of state not started, as it looks at services that are not on this machine',
    provoke: async () => undefined,
  },
};

/** The name of an alarm in the code, of its id in a template. */
export const alarmNameOf = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');
