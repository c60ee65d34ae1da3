import type { Message } from '@aws-sdk/client-sqs';
import { randomFrom } from '../../bench/random';
import { METRICS, type MetricName } from '../../core/base/accounting';
import { isObject, listOf, memberOf, textOf } from '../../core/base/members';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import { logFilesIn } from '../../core/notification';
import { startStack, type RunningStack } from '../running-stack';
import type { WireListener, WireRequest } from '../wire';
import { messageAbout } from './announcement';
import { openBooks, toldAs } from './books';
import { faultsFrom, type Fault } from './fault-kinds';
import { figuresOf, type DeadLetter, type Figures } from './figures';
import { pointOf } from './model';
import { OWNED, scenarioOf, type Announced } from './scenario';
import { timesFaster } from './times-faster';

/*
 * The bundle in processes that are killed, against emulators, with the faults on the wire between them: what the model leaves
 * out, above all the SDK. Its time goes faster, so that what is waited for in minutes is over in seconds.
 */

const MOST_TIMES_FASTER = 20;
/** While one waits, others go on. */
const FUNCTIONS = 3;

/** Of a request, for each kind of fault; an answer that is never there costs a second. */
const chanceOf = (fault: Fault): number => (fault === 'no answer' ? 0.002 : 0.01);

/** Of a request. A process takes a second to start. */
const KILL_CHANCE = 0.001;
const KILL_CHANCE_AFTER_PUBLISH = 0.02;

/** Seconds until everything is handled, at most. */
const patience = (files: number, faster: number): number => ((240 + files) * MOST_TIMES_FASTER) / faster;

/** How often what is put aside is tried again once the faults are over: a busy machine makes some of its own. */
const MOST_REDRIVES = 3;

/** @throws Error when the run does not come to its end */
export async function runOnThisMachine(seed: number, files: number, signal?: AbortSignal): Promise<Figures> {
  const faster = timesFaster(MOST_TIMES_FASTER, 2);
  const random = randomFrom(seed, 2);
  const scenario = scenarioOf(`seed-${seed}`, files, random);
  const faults = faultsFrom(random, chanceOf);
  const books = openBooks();
  const lives = Array.from({ length: FUNCTIONS }, () => ({ starts: 1, isKilled: false }));
  let started: RunningStack | undefined = undefined as RunningStack | undefined;
  let isCalm = false;

  const lifeOf = (index: number): string => `function ${index}, process ${lives[index]?.starts}`;

  /** A process that was started in place of one that nobody here killed: Lambda's timeout did. */
  function noticeStarts(index: number): void {
    const starts = started?.functions[index]?.starts() ?? 1;
    const life = lives[index];
    if (!life || life.starts >= starts) return;
    if (!life.isKilled) books.killed(lifeOf(index), 'by its timeout');
    lives[index] = { starts, isKilled: false };
  }

  function mayKill(index: number, { kind }: WireRequest, when: 'asked' | 'answered'): boolean {
    const isBetween = (kind === 'publish' && when === 'answered') || (kind === 'confirm' && when === 'asked');
    const life = lives[index];
    if (isCalm || !life || life.isKilled || !random.chance(isBetween ? KILL_CHANCE_AFTER_PUBLISH : KILL_CHANCE))
      return false;
    life.isKilled = true;
    books.killed(lifeOf(index), pointOf(kind, when));
    started?.functions[index]?.kill();
    return true;
  }

  const listenerOf = (index: number): WireListener => {
    const lost = new WeakSet<WireRequest>();
    // What a process asked may be answered when it is dead, and another in its place.
    const askedBy = new WeakMap<WireRequest, string>();
    return {
      asked(request) {
        noticeStarts(index);
        askedBy.set(request, lifeOf(index));
        if (mayKill(index, request, 'asked')) return 'reset';
        const fault = faults.next(request.service, request.about);
        if (fault) {
          lost.add(request);
          const told = toldAs(request);
          if (request.kind === 'confirm' && told !== undefined)
            books.notRecorded(lifeOf(index), told, request.severity);
        }
        return fault;
      },
      answered(request, isAccepted, isLate) {
        const { kind, topicArn, to } = request;
        const told = toldAs(request);
        const life = askedBy.get(request) ?? lifeOf(index);
        const severity =
          to === undefined ? ALERT_SEVERITIES.find((one) => started?.topicArns[one] === topicArn) : request.severity;
        if (isAccepted && kind === 'publish' && told !== undefined && severity) {
          books.published(life, told, severity, lost.has(request) ? 'lost' : isLate ? 'late' : 'heard');
        }
        if (isAccepted && kind === 'confirm' && told !== undefined) books.recorded(life, told, request.severity);
        if (life === lifeOf(index)) mayKill(index, request, 'answered');
      },
    };
  };

  const stack = await startStack({
    subscribers: [{ protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:archive' }],
    settings: OWNED,
    fastPath: true,
    functions: FUNCTIONS,
    // What was killed holds its claims until its two minutes are over.
    haste: {
      redeliverAfterSeconds: 1,
      redeliverAfterEndSeconds: Math.ceil(120 / faster) + 1,
      longestWindowSeconds: 0.1,
      timesFaster: faster,
    },
    listener: listenerOf,
    queueFaults: (request, about) => faults.next('SQS', `${request} ${about}`),
    ...(signal && { signal }),
  });
  started = stack;
  try {
    const { queueArn } = stack.plan.mapping;
    const deadLetterArn = deadLetterArnOf(stack);
    const known = new Map(scenario.announced.map((announced) => [announced.key ?? messageAbout(announced), announced]));
    const announcedBy = ({ Body = '' }: Message): Announced => known.get(keyIn(Body) ?? Body) ?? {};
    const isReadable = (message: Message): boolean => announcedBy(message).reason === undefined;
    const allHandled = (what: string): Promise<void> =>
      stack.until(what, async () => (await stack.resources.pendingMessages(queueArn)) === 0, patience(files, faster));

    const uploaded = new Set<string>();
    for (const announced of scenario.announced) {
      const { key } = announced;
      const content = key === undefined ? undefined : scenario.objects.get(key);
      // The bucket announces what is put into it.
      if (key === undefined || content === undefined || uploaded.has(key)) await announce(stack, announced);
      else await stack.upload(key, content);
      if (key !== undefined) uploaded.add(key);
    }
    await allHandled('everything announced is handled');
    faults.stop();
    isCalm = true;
    const dead = await takeAll(stack, deadLetterArn);
    let left = dead;
    let redrives = 0;
    do {
      for (const { Body = '' } of left) await stack.resources.sendText(queueArn, Body);
      await allHandled('everything put aside is handled again');
      left = await takeAll(stack, deadLetterArn);
    } while (left.some(isReadable) && (redrives += 1) < MOST_REDRIVES);
    const reasons = reasonsIn(stack.logs());
    return figuresOf({
      scenario,
      books,
      faults: faults.counts(),
      counters: countersIn(stack.logs()),
      deadLettered: dead.length,
      deadLetters: left.map((message): DeadLetter => ({
        announced: announcedBy(message),
        said: reasons.get(message.MessageId ?? '') ?? [],
      })),
    });
  } finally {
    await stack.close();
  }
}

const announce = (stack: RunningStack, announced: Announced): Promise<void> =>
  stack.resources.sendText(
    stack.plan.mapping.queueArn,
    messageAbout(announced, { bucket: stack.plan.notifications[0]?.bucket ?? '' }),
  );

/** The key that a notification announces; `undefined` for what is none. */
function keyIn(body: string): string | undefined {
  try {
    return logFilesIn(body).logFiles[0]?.key;
  } catch {
    return undefined;
  }
}

async function takeAll({ resources }: RunningStack, queueArn: string): ReturnType<RunningStack['resources']['take']> {
  const all = [];
  for (let some = await resources.take(queueArn); some.length > 0; some = await resources.take(queueArn))
    all.push(...some);
  return all;
}

export function deadLetterArnOf({ plan }: RunningStack): string {
  const { attributes } = plan.queues.find(({ arn }) => arn === plan.mapping.queueArn) ?? {};
  return textOf(memberOf(JSON.parse(attributes?.['RedrivePolicy'] ?? '{}'), 'deadLetterTargetArn')) ?? '';
}

const linesIn = (logs: string): readonly object[] =>
  logs.split('\n').flatMap((line) => {
    // A process that is killed may end in the middle of one.
    if (!line.startsWith('{') || !line.endsWith('}')) return [];
    const value: unknown = JSON.parse(line);
    return isObject(value) ? [value] : [];
  });

/** What the function said of each message that failed. */
function reasonsIn(logs: string): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const line of linesIn(logs)) {
    const messageId = textOf(memberOf(line, 'messageId'));
    const error = memberOf(line, 'error');
    if (messageId === undefined || error === undefined) continue;
    reasons.set(messageId, [...(reasons.get(messageId) ?? []), JSON.stringify(error)]);
  }
  return reasons;
}

/** The sums of what the function counted. */
function countersIn(logs: string): Partial<Record<MetricName, number>> {
  const names = Object.keys(METRICS) as MetricName[];
  const counters: Partial<Record<MetricName, number>> = {};
  for (const line of linesIn(logs)) {
    if (memberOf(line, '_aws') === undefined) continue;
    for (const name of names) {
      const value = memberOf(line, name);
      const values = Array.isArray(value) ? listOf(value) : [value];
      for (const one of values) if (typeof one === 'number') counters[name] = (counters[name] ?? 0) + one;
    }
  }
  return counters;
}
