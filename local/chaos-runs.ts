import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom, type Random } from '../bench/random';
import { memberOf } from '../core/base/members';
import { startStack, type RunningStack } from './running-stack';
import { keyOf, logFileOf, OPEN, updateOf, type RiskyRecord } from './risky-log-file';
import type { WireListener, WireRequest } from './wire';

/** Where the function was when it was killed. */
export const KILL_POINTS = [
  'before the log file is read',
  'between claim and publish',
  'between publish and record',
  'after the record',
  'at a random moment',
  'by its timeout',
] as const;

export type KillPoint = (typeof KILL_POINTS)[number];

export interface ChaosFigures {
  readonly runs: number;
  /** Notifications about log files. */
  readonly deliveries: number;
  readonly kills: Readonly<Record<KillPoint, number>>;
  readonly riskyCalls: number;
  /** Risky calls that were told, once or more. */
  readonly told: number;
  /** Event ids of risky calls that were not told. */
  readonly missing: readonly string[];
  /** Calls told that changed nothing. */
  readonly unchangedTold: readonly string[];
  readonly repeats: number;
  /** Repeats of an alert that was published and, because of a kill, not recorded. */
  readonly repeatsExplained: number;
  /** Notifications that failed too often. */
  readonly deadLetters: number;
}

export interface ChaosOptions {
  readonly runs: number;
  /** The same seed makes the same log files, deliveries and kills, as far as time allows. */
  readonly seed: number;
  /** Kills in one run, at most: each costs one of the five receives of a message. */
  readonly mostKills: number;
  /** Hears of each run when it is done. @default - nobody does */
  readonly tell?: (run: number, figures: ChaosFigures) => void;
  readonly signal?: AbortSignal;
}

const ARCHIVE = 'arn:aws:sqs:us-east-1:000000000000:archive';
const SECOND_BUCKET = 'second-trail';

/** A claim of a killed invocation runs out with it; a message comes back when it has. */
const TIMEOUT_SECONDS = 2;

/** What happened, in order: what the function did to an alert, and when it was killed. */
type Trace = { readonly kind: WireRequest['kind']; readonly uid?: string } | { readonly kind: 'kill' };

interface Kill {
  readonly point: KillPoint;
  readonly kind: WireRequest['kind'];
  readonly when: 'asked' | 'answered';
  /** How many such requests pass first. */
  left: number;
  /** Milliseconds after the request. */
  readonly delay: number;
}

/**
 * Delivers log files of risky calls, each up to three times under up to two keys, to a function that is killed meanwhile.
 * @throws Error when a run does not come to its end
 */
export async function chaos(options: ChaosOptions): Promise<ChaosFigures> {
  const random = randomFrom(options.seed);
  const trace: Trace[] = [];
  const kills = Object.fromEntries(KILL_POINTS.map((point) => [point, 0])) as Record<KillPoint, number>;
  let schedule: Kill[] = [];
  let ordered = 0;
  let monitor: RunningStack | undefined = undefined as RunningStack | undefined;

  function kill(point: KillPoint): void {
    noticeTimeouts();
    const [lambda] = monitor?.functions ?? [];
    // The last one killed has not ended yet.
    if (!lambda || lambda.starts() <= ordered) return;
    ordered = lambda.starts();
    kills[point] += 1;
    trace.push({ kind: 'kill' });
    lambda.kill();
  }

  /** Processes that were started beside the first and those in place of what was killed here. */
  function noticeTimeouts(): void {
    const ended = monitor?.mapping.batches.filter(
      ({ invocation }) => memberOf(invocation, 'errorType') === 'Sandbox.Timedout',
    );
    for (; kills['by its timeout'] < (ended?.length ?? 0); kills['by its timeout'] += 1) trace.push({ kind: 'kill' });
  }

  function due(kind: WireRequest['kind'], when: Kill['when']): Kill | undefined {
    const [next] = schedule;
    if (!next || next.kind !== kind || next.when !== when || next.left-- > 0) return undefined;
    schedule = schedule.slice(1);
    return next;
  }

  const listener: WireListener = {
    asked({ kind }) {
      noticeTimeouts();
      const next = due(kind, 'asked');
      if (!next) return undefined;
      if (next.point === 'at a random moment') return void setTimeout(() => kill(next.point), next.delay);
      kill(next.point);
      return 'drop';
    },
    answered({ kind, uid }, isAccepted) {
      if (isAccepted && uid !== undefined) trace.push({ kind, uid });
      const next = isAccepted ? due(kind, 'answered') : undefined;
      if (next) kill(next.point);
    },
  };

  const started = await startStack({
    subscribers: [{ protocol: 'sqs', endpoint: ARCHIVE }],
    moreBuckets: [SECOND_BUCKET],
    timeoutSeconds: TIMEOUT_SECONDS,
    haste: { redeliverAfterSeconds: TIMEOUT_SECONDS, longestWindowSeconds: 0.1 },
    listener: () => listener,
    ...(options.signal && { signal: options.signal }),
  });
  monitor = started;
  const risky: string[] = [];
  const unchanged: string[] = [];
  let deliveries = 0;
  const figures = async (run: number): Promise<ChaosFigures> => {
    const counts = countsOf(uidsIn(started));
    const repeated = repeatsIn(trace);
    return {
      runs: run,
      deliveries,
      kills: { ...kills },
      riskyCalls: risky.length,
      told: risky.filter((uid) => counts.has(uid)).length,
      missing: risky.filter((uid) => !counts.has(uid)),
      unchangedTold: unchanged.filter((uid) => counts.has(uid)),
      repeats: [...counts.values()].reduce((sum, times) => sum + times - 1, 0),
      repeatsExplained: repeated.explained,
      deadLetters: await deadLettersOf(started),
    };
  };

  try {
    for (let run = 1; run <= options.runs; run++) {
      const name = `chaos-${options.seed}-${run}`;
      const file = chaosFile(name, random);
      risky.push(...file.risky);
      unchanged.push(...file.unchanged);
      schedule = killsOf(file.risky.length, options.mostKills, random);
      const keys = [undefined, SECOND_BUCKET].slice(0, 1 + random.below(2));
      const placed = Array.from(
        { length: Math.max(keys.length, 1 + random.below(3)) },
        (_, at) => keys[at % keys.length],
      );
      for (const bucket of placed) {
        await started.upload(keyOf(bucket === undefined ? name : `${name}-again`), logFileOf(file.records), bucket);
        deliveries += 1;
        await sleep(random.below(150));
      }
      await started.until(
        `all of run ${run} is handled`,
        async () => handledOf(name, started) + (await deadLettersOf(started)) >= placed.length,
        60,
      );
      const published = (): number => trace.filter(({ kind }) => kind === 'publish').length;
      await started.until('what was published has arrived', () => uidsIn(started).length >= published());
      noticeTimeouts();
      options.tell?.(run, await figures(run));
    }
    return await figures(options.runs);
  } finally {
    await started.close();
  }
}

/** Two to five risky calls on domains of their own, and for each a second one that asks for what it has. */
function chaosFile(name: string, random: Random) {
  const settings = [{ accessPolicies: OPEN }, { domainEndpointOptions: { enforceHTTPS: false } }];
  const calls = Array.from({ length: 2 + random.below(4) }, (_, at) => {
    const domain = `${name}-${at}`;
    const request = settings[random.below(settings.length)] ?? {};
    const first = { eventID: `${domain}-risky`, eventTime: '2026-11-24T10:00:00Z', domain };
    const second = { eventID: `${domain}-unchanged`, eventTime: '2026-11-24T10:01:00Z', domain };
    return [updateOf(first, request), updateOf(second, request)] as const;
  });
  return {
    records: shuffled<RiskyRecord>(calls.flat(), random),
    risky: calls.map(([first]) => first.eventID),
    unchanged: calls.map(([, second]) => second.eventID),
  };
}

function killsOf(calls: number, most: number, random: Random): Kill[] {
  const places: readonly (Pick<Kill, 'point' | 'kind' | 'when'> & { readonly among: number })[] = [
    { point: 'before the log file is read', kind: 'read-object', when: 'asked', among: 1 },
    { point: 'between claim and publish', kind: 'claim', when: 'answered', among: calls },
    { point: 'between claim and publish', kind: 'publish', when: 'asked', among: calls },
    { point: 'between publish and record', kind: 'publish', when: 'answered', among: calls },
    { point: 'between publish and record', kind: 'confirm', when: 'asked', among: calls },
    { point: 'after the record', kind: 'confirm', when: 'answered', among: calls },
    { point: 'at a random moment', kind: 'read-object', when: 'asked', among: 1 },
  ];
  return Array.from({ length: random.below(most + 1) }, () => places[random.below(places.length)]).flatMap((place) =>
    place ? [{ ...place, left: random.below(place.among), delay: random.below(250) }] : [],
  );
}

/**
 * Alerts published again. One is explained where it had not been recorded by then, and the function had been killed
 * after it was claimed the time before.
 */
export function repeatsIn(trace: readonly Trace[]): { readonly all: number; readonly explained: number } {
  const steps = new Map<string, ('claim' | 'publish' | 'confirm' | 'kill')[]>();
  for (const event of trace) {
    if (event.kind === 'kill') for (const list of steps.values()) list.push('kill');
    else if (event.uid !== undefined && event.kind !== 'read-object' && event.kind !== 'other') {
      steps.set(event.uid, [...(steps.get(event.uid) ?? []), event.kind]);
    }
  }
  const repeats = [...steps.values()].flatMap((list) =>
    list.flatMap((step, at) => {
      const before = list.slice(0, at);
      const isRepeat = step === 'publish' && before.includes('publish');
      if (!isRepeat) return [];
      const since = before.slice(before.lastIndexOf('claim', before.lastIndexOf('publish')));
      return [{ isExplained: !before.includes('confirm') && since.includes('kill') }];
    }),
  );
  return { all: repeats.length, explained: repeats.filter(({ isExplained }) => isExplained).length };
}

/** The uids of all alerts that arrived, once for each time. */
const uidsIn = ({ inbox }: RunningStack): readonly string[] =>
  inbox.map(({ message }) => String(memberOf(JSON.parse(message), 'finding_info', 'uid')));

function countsOf(uids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const uid of uids) counts.set(uid, (counts.get(uid) ?? 0) + 1);
  return counts;
}

/** Messages about files of this name that are done. */
function handledOf(name: string, { mapping }: RunningStack): number {
  const done = mapping.batches.flatMap(({ messages, failed }) =>
    messages.filter(
      ({ Body, MessageId }) =>
        (Body?.includes(`${name}.json`) || Body?.includes(`${name}-again.json`)) && !failed.includes(MessageId ?? ''),
    ),
  );
  return new Set(done.map(({ MessageId }) => MessageId)).size;
}

function deadLettersOf({ plan, resources }: RunningStack): Promise<number> {
  const { attributes } = plan.queues.find(({ arn }) => arn === plan.mapping.queueArn) ?? {};
  const redrive = JSON.parse(attributes?.['RedrivePolicy'] ?? '{}') as { readonly deadLetterTargetArn: string };
  return resources.visibleMessages(redrive.deadLetterTargetArn);
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.below(2 ** 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
