import { PublishCommand } from '@aws-sdk/client-sns';
import { randomFrom, type Random } from '../../bench/random';
import type { MetricName } from '../../core/base/accounting';
import { textOfError } from '../../core/base/error-text';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { countersOf } from '../../lambda/counters';
import { deliveryOf, type Clients } from '../../lambda/delivery';
import { monitor, type Effects } from '../../lambda/monitor';
import type { Report } from '../../lambda/report';
import { countIn, historyIn, placesIn, sentAlertsIn } from '../../lambda/table';
import { messageAbout } from './announcement';
import { openBooks, toldAs, type KillPoint } from './books';
import { faultsFrom, isAfterTheAct, type Fault } from './fault-kinds';
import { figuresOf, type Figures } from './figures';
import { openQueue, type Held } from './queue';
import { OWNED, scenarioOf, type Announced } from './scenario';
import { simulation } from './simulation';
import { openTable } from './table';
import { toPublishRequest, toTableRequest, type WireRequest } from '../wire';

/*
 * The function's own code in one process, with S3, SNS, SQS and DynamoDB in memory and in virtual time: the same seed gives
 * the same run. There are no retries of the SDK in it, so that each fault meets the function itself.
 */

/** Ways to break the function, which must be noticed. Each wraps a part of it. */
export interface Mutant {
  readonly sentAlertsIn?: (original: typeof sentAlertsIn) => typeof sentAlertsIn;
  readonly sendToTopic?: (original: Send) => Send;
  readonly monitor?: (original: typeof monitor) => typeof monitor;
}

type Send = (command: PublishCommand, options?: { readonly abortSignal?: AbortSignal }) => Promise<unknown>;

const START = Date.parse('2026-11-24T12:00:00Z');
const SECOND = 1000;
const TIMEOUT = 120 * SECOND;
const MARGIN = 3 * SECOND;
const VISIBILITY = 6 * TIMEOUT + 5 * SECOND;
const MOST_RECEIVES = 5;
const BATCH = 10;
const FUNCTIONS = 10;
/** What three attempts of twenty seconds take. */
const UNTIL_GIVEN_UP = 60 * SECOND;

const TOPICS = Object.fromEntries(
  ALERT_SEVERITIES.map((severity) => [severity, `arn:aws:sns:us-east-1:111122223333:${severity}`]),
) as Record<AlertSeverity, string>;

const SEVERITY_OF = new Map(ALERT_SEVERITIES.map((severity) => [TOPICS[severity], severity]));

/** Of a request, for each kind of fault. */
const FAULT_CHANCE = 0.01;
/** Of a request. Most kills are to be where they matter. */
const KILL_CHANCE = 0.001;
const KILL_CHANCE_AFTER_PUBLISH = 0.02;

/** @throws Error when the run does not come to its end */
export async function runModel(seed: number, files: number, mutant: Mutant = {}): Promise<Figures> {
  const random = randomFrom(seed, 1);
  const scenario = scenarioOf(`seed-${seed}`, files, random);
  const faults = faultsFrom(random, () => FAULT_CHANCE);
  const books = openBooks();
  const time = simulation(START);
  const table = openTable();
  const queue = openQueue<Announced>(MOST_RECEIVES, time.now, random);
  const counters: Partial<Record<MetricName, number>> = {};
  const said = new Map<string, string[]>();
  let killChance = 1;

  function report(told: Report): void {
    for (const [name, count] of Object.entries(countersOf(told)) as [MetricName, number][]) {
      counters[name] = (counters[name] ?? 0) + count;
    }
    if (told.outcome !== 'failed' || told.messageId === undefined) return;
    said.set(told.messageId, [...(said.get(told.messageId) ?? []), textOfError(told.error)]);
  }

  /** One life of the function: it takes a batch, and ends with it or before. */
  async function invoke(id: string, messages: readonly Held<Announced>[]): Promise<readonly string[] | 'dead'> {
    let isDead = false;
    let die: (end: 'dead') => void = () => undefined;
    const death = new Promise<'dead'>((resolve) => (die = resolve));
    const kill = (point: KillPoint): void => {
      if (isDead) return;
      isDead = true;
      books.killed(id, point);
      die('dead');
    };

    /** A request of the function to a service, and all that can become of it. */
    async function ask<Answer>(request: WireRequest, act: (isAnswered: boolean) => Answer): Promise<Answer> {
      const { kind, service, about } = request;
      mayKill(kind, 'asked');
      if (isDead) return never();
      const fault = faults.next(service, about);
      await time.wait(latency(random));
      if (isDead) return never();
      if (fault && !isAfterTheAct(fault)) return failed(fault, request);
      const answer = act(fault === undefined);
      await time.wait(latency(random));
      if (isDead) return never();
      if (fault) return failed(fault, request);
      mayKill(kind, 'answered');
      return isDead ? never() : answer;
    }

    async function failed(fault: Fault, request: WireRequest): Promise<never> {
      const told = toldAs(request);
      if (request.kind === 'confirm' && told !== undefined) books.notRecorded(id, told, request.severity);
      if (fault === 'no answer') await time.wait(UNTIL_GIVEN_UP);
      if (isDead) return never();
      throw errorOf(fault);
    }

    function mayKill(kind: WireRequest['kind'], when: 'asked' | 'answered'): void {
      const isBetween = (kind === 'publish' && when === 'answered') || (kind === 'confirm' && when === 'asked');
      const chance = (isBetween ? KILL_CHANCE_AFTER_PUBLISH : KILL_CHANCE) * killChance;
      if (random.chance(chance)) kill(pointOf(kind, when));
    }

    const publish: Send = async (command, options) => {
      const { TopicArn = '', Message = '{}' } = command.input;
      const request = toPublishRequest(TopicArn, Message);
      const told = toldAs(request);
      const severity = request.to === undefined ? SEVERITY_OF.get(TopicArn) : request.severity;
      if (told === undefined || severity === undefined) throw new Error('what is published is no alert');
      options?.abortSignal?.throwIfAborted();
      return ask(request, (isAnswered) => books.published(id, told, severity, isAnswered ? 'heard' : 'lost'));
    };
    const clients: Clients = {
      topics: async () => ({ client: { send: mutant.sendToTopic?.(publish) ?? publish }, PublishCommand }) as never,
      tables: async () =>
        ({
          client: { send: askTable },
          sentAlertsIn: mutant.sentAlertsIn?.(sentAlertsIn) ?? sentAlertsIn,
          historyIn,
          countIn,
          placesIn,
        }) as never,
    };

    function askTable(command: { readonly input: object }): Promise<object> {
      const operation = command.constructor.name.replace(/Command$/, '');
      const request = toTableRequest(operation, command.input);
      return ask(request, () => {
        const answer = table.ask(operation, command.input);
        const told = toldAs(request);
        if (request.kind === 'confirm' && told !== undefined) books.recorded(id, told, request.severity);
        return answer;
      });
    }

    const leaseUntil = time.now() + TIMEOUT;
    const ended = new AbortController();
    const environment = { topicArns: TOPICS, ownerTopics: 'model-owner-', tableName: 'alerts', service: 'model' };
    const deliver = deliveryOf(environment, OWNED, clients, { now: time.now, pause: time.wait })(
      leaseUntil,
      ended.signal,
    );
    const effects: Effects = {
      openObject: (logFile) =>
        ask({ service: 'S3', kind: 'read-object', about: logFile.key }, () => {
          const bytes = scenario.objects.get(logFile.key);
          if (!bytes) throw new Error('NoSuchKey: the key does not exist');
          return { size: bytes.length, read: async () => bytes };
        }),
      deliver: deliver.deliver,
      keepPlace: deliver.keepPlace,
      over: time.wait(TIMEOUT - MARGIN).then(() => ended.abort()),
      timeForOne: withoutTimer,
      hasFastPath: true,
      report: (told) => {
        if (!isDead) report(told);
      },
    };
    time.wait(TIMEOUT).then(
      () => isDone || kill('by its timeout'),
      () => undefined,
    );
    let isDone = false;
    const answer = (mutant.monitor?.(monitor) ?? monitor)(eventOf(messages), effects);
    const end = await Promise.race([answer, death]);
    isDone = true;
    return end === 'dead' ? end : end.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  /** What Lambda does between the queue and the function. */
  async function poll(name: string): Promise<void> {
    for (let batch = 1; ; batch++) {
      const next = queue.nextAt();
      if (next === undefined) return;
      const fault = faults.next('SQS', `receive ${name}`);
      if (fault && !isAfterTheAct(fault)) {
        await time.wait(SECOND);
        continue;
      }
      const messages = queue.receive(BATCH, time.now() + VISIBILITY);
      if (fault) continue;
      if (messages.length === 0) {
        await time.wait(Math.max(next - time.now(), 0) + random.below(SECOND));
        continue;
      }
      const end = await invoke(`${name}, batch ${batch}`, messages);
      for (const message of messages) {
        const isFailed = end === 'dead' || end.includes(message.messageId);
        const lost = isFailed ? undefined : faults.next('SQS', `delete ${message.messageId}`);
        if (!isFailed && (!lost || isAfterTheAct(lost))) queue.remove(message);
      }
    }
  }

  const pollAll = (phase: string): Promise<unknown> =>
    time.run(Promise.all(Array.from({ length: FUNCTIONS }, (_, at) => poll(`${phase}, function ${at}`))));

  for (const announced of scenario.announced) queue.send(announced);
  await pollAll('storm');
  const deadLettered = queue.deadLetters().length;
  faults.stop();
  killChance = 0;
  queue.redrive();
  await pollAll('redrive');

  return figuresOf({
    scenario,
    books,
    faults: faults.counts(),
    counters,
    deadLettered,
    deadLetters: queue
      .deadLetters()
      .map(({ messageId, body }) => ({ announced: body, said: said.get(messageId) ?? [] })),
  });
}

/** Virtual time has no timers; an object that is never there is given up by its client. */
const withoutTimer: NonNullable<Effects['timeForOne']> = (work) => work(new AbortController().signal);

const never = (): Promise<never> => new Promise(() => undefined);

/** Milliseconds. */
const latency = (random: Random): number => 5 + random.below(40);

function errorOf(fault: Fault): Error {
  const names: Readonly<Record<Fault, string>> = {
    '500': 'InternalServerError',
    '503': 'ServiceUnavailable',
    throttled: 'ThrottlingException',
    'no answer': 'TimeoutError',
    reset: 'ECONNRESET',
    'answer lost': 'ECONNRESET',
    'half an answer': 'SyntaxError',
  };
  return Object.assign(new Error(`${names[fault]}: ${fault}`), { name: names[fault] });
}

export function pointOf(kind: WireRequest['kind'], when: 'asked' | 'answered'): KillPoint {
  if (kind === 'read-object') return 'before the log file is read';
  if (kind === 'claim' || (kind === 'publish' && when === 'asked')) return 'between claim and publish';
  if (kind === 'publish' || (kind === 'confirm' && when === 'asked')) return 'between publish and record';
  return kind === 'confirm' ? 'after the record' : 'elsewhere';
}

const eventOf = (messages: readonly Held<Announced>[]): object => ({
  Records: messages.map(({ messageId, body }) => ({
    eventSource: 'aws:sqs',
    messageId,
    body: messageAbout(body),
  })),
});
