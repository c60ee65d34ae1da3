import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment, toVariables } from '../lambda/environment';
import { all } from '../core/base/all';
import { lazily } from '../core/base/lazily';
import { counted } from '../core/base/counted';
import { optional } from '../core/base/members';
import type { Settings } from '../core/settings';
import { compilePattern, matchesEventPattern } from '../core/event-pattern';
import type { AlertSeverity } from '../core/base/severity';
import { openClosers, type Closers } from './closers';
import {
  openEventSourceMapping,
  type EventSourceMapping,
  type Haste,
  type Invoke,
  type QueueFaults,
} from './event-source-mapping';
import { startEmulators, type Emulators } from './emulators';
import type { CreatedObject } from './emulators-process';
import { deliveriesOf, type Delivery } from './inbox';
import { startFunction, type LocalFunction } from './lambda-function';
import { openPipe, type Pipe } from './pipe';
import { DEFAULT_BUS, REGION, toPlan, type Plan } from './plan';
import { createResources, CREDENTIALS, type Resources } from './resources';
import { announces, toNotification, toTestEvent } from './s3-notification';
import type { Invocation } from './runtime-api';
import { synthesize, type LocalDigest, type LocalLogSource, type LocalSubscriber } from './synthesize';
import { openWire, type WireListener } from './wire';

/** The stack, running on this machine. */
export interface RunningStack {
  readonly plan: Plan;
  /** ARN of the alert topic of each severity. */
  readonly topicArns: Readonly<Record<AlertSeverity, string>>;
  /** Everything any subscriber has received, in order of arrival. */
  readonly inbox: readonly Delivery[];
  readonly mapping: EventSourceMapping;
  readonly pipes: readonly Pipe[];
  readonly resources: Resources;
  /** The instances of the function that run at once. */
  readonly functions: readonly LocalFunction[];
  /** Puts a log file where the trail writes. @param bucket another one of the run's buckets */
  upload(key: string, body: Uint8Array, bucket?: string): Promise<void>;
  /** The same, and S3 tells nobody. */
  uploadUnannounced(key: string, body: Uint8Array): Promise<void>;
  /** What is put on an event bus, by default on the one of AWS; it goes where the rules of the stack say. */
  putEvent(event: object, bus?: string): Promise<void>;
  /** All that was put on event buses, in order of arrival. */
  readonly events: readonly { readonly bus: string; readonly event: object }[];
  /** Has the mail digest sent, as its schedule does. @throws Error where the stack has none */
  sendDigest(): Promise<Invocation>;
  /** How many messages wait for the functions, or are with one. */
  pending(): Promise<number>;
  /** Waits until `holds`. @throws Error naming `what`, when it does not within `seconds` or the run has failed */
  until(what: string, holds: () => boolean | Promise<boolean>, seconds?: number): Promise<void>;
  /** What the functions wrote. */
  logs(): string;
  /** Runs another build of the function beside those of the stack; nothing feeds it. @param taskRoot folder of its bundle */
  startBuild(taskRoot: string): Promise<LocalFunction>;
  /** Ends every process that was started and removes every file that was written. */
  close(): Promise<void>;
}

export interface RunningStackOptions {
  readonly subscribers: readonly LocalSubscriber[];
  /** @default - none */
  readonly settings?: Settings;
  /** Ends the start, and every wait, early. */
  readonly signal?: AbortSignal;
  /** Told about each step of the start. @default - nothing is told */
  readonly step?: Step;
  /** @default - a failed message comes back after a second; batches wait a tenth of a second */
  readonly haste?: Haste;
  /** Names of buckets that announce log files of any account as the stack's own does its. @default - the stack's own only */
  readonly moreBuckets?: readonly string[];
  /** Instances of the function that run at once. @default 1 */
  readonly functions?: number;
  /** @default - a new trail of one account */
  readonly source?: LocalLogSource;
  /** Digests are followed. @default false */
  readonly completeness?: boolean;
  /** As the prop is called. @default false */
  readonly fastPath?: boolean;
  /** The stack has an event bus of its own. @default false */
  readonly eventBus?: boolean;
  /** As the prop is called; by mail, to each address. @default - there is none */
  readonly digest?: LocalDigest;
  /** Seconds a function may take for a batch. @default - as the template says */
  readonly timeoutSeconds?: number;
  /** Stands between the mapping and a function, as Lambda does. @default - nothing does */
  readonly gate?: (invoke: Invoke) => Invoke;
  /** Hears what the function of an index asks of AWS. @default - nobody does */
  readonly listener?: (index: number) => WireListener;
  /** What goes wrong between the queue and Lambda. @default - nothing does */
  readonly queueFaults?: QueueFaults;
}

/** Does `work` and tells how it went; `toDetail` says what came of it. */
export type Step = <Result>(
  title: string,
  work: () => Promise<Result>,
  toDetail: (result: Result) => string,
) => Promise<Result>;

const STACK_NAME = 'EsConfigMonitor';

/** One for all functions of this process. */
const CLOCK_START = Date.now();

const HASTE: Haste = { redeliverAfterSeconds: 1, longestWindowSeconds: 0.1 };

/**
 * Starts the stack on this machine: synthesizes it, creates in emulators what its template says and runs its bundled
 * function. Nothing leaves the loopback interface.
 * @throws Error when any of it does not start; nothing is left running then
 */
export async function startStack(options: RunningStackOptions): Promise<RunningStack> {
  const closers = openClosers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(options: RunningStackOptions, closers: Closers): Promise<RunningStack> {
  const { subscribers, step = silently, signal = new AbortController().signal, haste = HASTE } = options;
  const { moreBuckets = [], timeoutSeconds, functions: count = 1, listener } = options;
  const folder = await mkdtemp(join(tmpdir(), 'es-config-monitor-'));
  closers.add(() => rm(folder, { recursive: true, force: true }));

  const { completeness = false, fastPath = false, eventBus = false, digest, source, settings } = options;
  const order = {
    stackName: STACK_NAME,
    folder,
    subscribers,
    completeness,
    fastPath,
    eventBus,
    ...(digest && { digest }),
    ...optional('source', source),
    ...optional('settings', settings),
  };
  const [plan, emulators] = await bothOrNeither(
    step(
      'synthesize the stack',
      async () => {
        const plan = withBuckets(toPlan(await synthesize(order, signal)), moreBuckets);
        const most = (timeoutSeconds ?? plan.function.timeoutSeconds) / (haste.timesFaster ?? 1);
        return { ...plan, function: { ...plan.function, timeoutSeconds: most } };
      },
      describePlan,
    ),
    step(
      'start the emulators',
      () => kept(startEmulators(), closers),
      () => 'fauxqs, and dynalite for DynamoDB',
    ),
  );
  signal.throwIfAborted();
  const creating = step(
    'create resources',
    () => kept(createResources(plan, emulators), closers),
    () => describeResources(plan),
  );
  const [resources, functions] = await bothOrNeither(
    creating,
    step(
      'start the function',
      async () => {
        const started = await withQueueAddress(plan, creating);
        return all(
          Array.from({ length: count }, (_, index) => index),
          (index) =>
            startBundle(started, emulators, closers, { haste, ...(listener && { listener: listener(index) }) }),
        );
      },
      () => describeFunction(plan),
    ),
  );
  signal.throwIfAborted();
  const gate = options.gate ?? ((invoke) => invoke);
  return connect(
    { plan, emulators, resources, functions },
    { closers, signal, haste, gate, queueFaults: options.queueFaults },
  );
}

/** The emulator knows a queue by the address that it gave it, and no other. */
async function withQueueAddress(plan: Plan, creating: Promise<Resources>): Promise<Plan> {
  if (!readEnvironment(plan.function.environment).queueUrl) return plan;
  const queueUrl = (await creating).queueUrl(plan.mapping.queueArn);
  const environment = toVariables({ ...readEnvironment(plan.function.environment), queueUrl });
  return { ...plan, function: { ...plan.function, environment } };
}

interface Parts {
  readonly plan: Plan;
  readonly emulators: Emulators;
  readonly resources: Resources;
  readonly functions: readonly LocalFunction[];
}

interface Circumstances {
  readonly closers: Closers;
  readonly signal: AbortSignal;
  readonly haste: Haste;
  readonly gate: (invoke: Invoke) => Invoke;
  readonly queueFaults: QueueFaults | undefined;
}

/** Plays what AWS does between its services: S3's notifications, the event source mapping, the mail. */
async function connect(
  { plan, emulators, resources, functions }: Parts,
  { closers, signal, haste, gate, queueFaults }: Circumstances,
): Promise<RunningStack> {
  const failures: unknown[] = [];
  const fail = (error: unknown): void => void failures.push(error);

  const unannounced = new Set<string>();
  const inbox: Delivery[] = [];
  emulators.listen((event) => {
    if (event.kind === 'published') inbox.push(...deliveriesOf(event.publish, plan.subscriptions));
    if (event.kind === 'object-created' && !unannounced.has(event.key)) notify(event, plan, resources).catch(fail);
  });
  const mailDigest = lazily(async () => {
    const { mailDigest: spec } = plan;
    const queue = plan.queues.find(({ name }) => name.includes('MailDigestQueue'));
    if (!spec || !queue) throw new Error('the stack has no mail digest');
    // The emulator knows a queue by the address that it gave it.
    const environment = { ...spec.environment, QUEUE_URL: resources.queueUrl(queue.arn) };
    return startBundle({ ...plan, function: { ...spec, environment } }, emulators, closers, { haste });
  });
  const events: { readonly bus: string; readonly event: object }[] = [];
  async function putEvent(event: object, bus = DEFAULT_BUS): Promise<void> {
    events.push({ bus, event });
    for (const rule of plan.eventRules.filter((one) => one.bus === bus)) {
      if (!matchesEventPattern(compilePattern(rule.pattern), event)) continue;
      for (const arn of rule.queueArns) await resources.send(arn, event);
    }
  }
  const pipes = plan.pipes.map((pipe) => {
    const put = (event: object): Promise<void> => putEvent(event, pipe.bus);
    const opened = openPipe(pipe, resources.queueUrl(pipe.queueArn), resources.sqs, put, fail);
    closers.add(() => opened.close());
    return opened;
  });
  // S3 sends it when notifications are set up.
  for (const rule of plan.notifications) await resources.send(rule.queueArn, toTestEvent(rule));
  const queueUrl = resources.queueUrl(plan.mapping.queueArn);
  const invokes = functions.map(({ invoke }) => gate(invoke));
  const mapping = openEventSourceMapping(plan.mapping, queueUrl, resources.sqs, invokes, haste, fail, queueFaults);
  const logs = (): string => functions.map((one) => one.logs()).join('\n');
  closers.add(() => mapping.close());
  mapping.enable();

  return {
    plan,
    topicArns: readEnvironment(plan.function.environment).topicArns,
    inbox,
    mapping,
    pipes,
    resources,
    functions,
    upload: (key, body, bucket = plan.notifications[0]?.bucket ?? '') => resources.putLogFile(bucket, key, body),
    uploadUnannounced: (key, body) => {
      unannounced.add(key);
      return resources.putLogFile(plan.notifications[0]?.bucket ?? '', key, body);
    },
    putEvent,
    events,
    async sendDigest() {
      const sender = await mailDigest();
      return sender.invoke({});
    },
    pending: () => resources.pendingMessages(plan.mapping.queueArn),
    async until(what, holds, seconds = 20) {
      const start = Date.now();
      const deadline = start + seconds * 1000;
      // The longer it takes, the less it matters: a tenth of what was waited.
      for (; ; await sleep(Math.min(Math.max((Date.now() - start) / 10, 20), 500))) {
        signal.throwIfAborted();
        if (failures.length > 0) throw failures[0];
        if (await holds()) return;
        if (Date.now() > deadline)
          throw new Error(
            `waited ${seconds} seconds in vain until ${what}; last in the log:\n${logs().slice(-MOST_LOGGED)}`,
          );
      }
    },
    logs,
    startBuild: (taskRoot) =>
      startBundle({ ...plan, function: { ...plan.function, taskRoot } }, emulators, closers, { haste }),
    close: () => closers.close(),
  };
}

/** Characters of the function's log in an error. */
const MOST_LOGGED = 4000;

const silently: Step = (_title, work) => work();

/** Both results, or the first failure once both have ended: whatever was started is then known to be closed. */
async function bothOrNeither<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** `plan` with buckets that are announced as its own is, whatever the folder: log files of other accounts. */
function withBuckets(plan: Plan, names: readonly string[]): Plan {
  const own = plan.notifications[0]?.bucket;
  const rules = plan.notifications.filter(({ bucket }) => bucket === own);
  return {
    ...plan,
    buckets: [...plan.buckets, ...names],
    notifications: [
      ...plan.notifications,
      ...names.flatMap((bucket) => rules.map((rule) => ({ ...rule, bucket, prefix: '' }))),
    ],
  };
}

/** What `started` becomes, closed at the end. */
async function kept<Started extends { close(): unknown }>(
  started: Promise<Started>,
  closers: Closers,
): Promise<Started> {
  const result = await started;
  closers.add(() => result.close());
  return result;
}

async function startBundle(
  plan: Plan,
  { endpoint, tableEndpoint }: Emulators,
  closers: Closers,
  { haste, listener }: { readonly haste: Haste; readonly listener?: WireListener },
): Promise<LocalFunction> {
  const heard = async (target: string): Promise<string> =>
    listener ? (await kept(openWire(target, listener), closers)).address : target;
  const started = startFunction(plan.function, {
    AWS_ENDPOINT_URL: await heard(endpoint),
    AWS_ENDPOINT_URL_DYNAMODB: await heard(tableEndpoint),
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(haste.timesFaster !== undefined && {
      LOCAL_TIMES_FASTER: String(haste.timesFaster),
      LOCAL_CLOCK_START: String(CLOCK_START),
    }),
    // Lambda runs the function on a newer Node.js than this may be.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  return kept(started, closers);
}

async function notify(object: CreatedObject, { notifications }: Plan, resources: Resources): Promise<void> {
  for (const rule of notifications.filter((one) => announces(one, object))) {
    await resources.send(rule.queueArn, toNotification(rule, object, REGION));
  }
}

const describePlan = (plan: Plan): string => counted(plan.resourceCount, 'resource');

const describeFunction = (plan: Plan): string =>
  `${plan.function.handler} of the bundle, Node.js ${process.versions.node}`;

const describeResources = ({ buckets, queues, topics, tables }: Plan): string =>
  [
    counted(buckets.length, 'bucket'),
    counted(queues.length, 'queue'),
    counted(topics.length, 'topic'),
    counted(tables.length, 'table'),
  ].join(', ');
