import type { Random } from '../../bench/random';
import { optional } from '../../core/base/members';
import { ownerTopicEnd } from '../../core/base/owner-topic';
import { compareSeverity, type AlertSeverity } from '../../core/base/severity';
import { judge } from '../../core/scan';
import { toCriteria, type Settings } from '../../core/settings';
import { ACCOUNT } from '../plan';
import { denialOf, keyOf, logFileOf, OPEN, updateOf, type RiskyRecord } from '../risky-log-file';
import { toldAs } from './books';
import { hostileFiles } from './hostile-files';

/** What lies in the bucket and is announced, and what has to come of it. */
export interface Scenario {
  /** By key. `undefined`: it is announced, and not there. */
  readonly objects: ReadonlyMap<string, Uint8Array | undefined>;
  /** What is put into the queue, each as often as it is there: bodies that announce a key, or none. */
  readonly announced: readonly Announced[];
  /** The worst verdict on each risky call, and of those that an owner is to hear of, by `toldAs`. */
  readonly due: ReadonlyMap<string, AlertSeverity>;
  /** Calls that changed nothing, which nobody is to hear of. */
  readonly unchanged: readonly string[];
}

export interface Announced {
  /** @default - what is sent is no notification */
  readonly key?: string;
  /** A record that comes as an event, before or after its log file. */
  readonly record?: RiskyRecord;
  /** Set where it can never be read: what the function's log says of it. */
  readonly reason?: RegExp;
}

/** Two domains in ten have an owner, one of whom is not told of everything. */
export const OWNED = {
  domains: { '*1': { owner: 'search' }, '*2': { owner: 'shop', minimumSeverity: 'HIGH' } },
} as const satisfies Settings;

const CRITERIA = toCriteria(OWNED);

const CLOSED = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/search` }, Action: 'es:*', Resource: '*' },
  ],
});

const OPENED = { accessPolicies: OPEN };
const HTTP = { domainEndpointOptions: { enforceHTTPS: false } };

const RISKS: readonly [object, ...object[]] = [OPENED, HTTP, { nodeToNodeEncryptionOptions: { enabled: false } }];

/** Of a hundred files, how many are of which kind. The rest hold no record of the service. */
const SHARES = { risky: 30, worse: 3, late: 3, ahead: 3, denied: 5, hostile: 1, gone: 1, strange: 1 } as const;

/** Of the risky records, how many come as events as well. */
const BY_EVENT = 0.3;

/** More alerts than are judged at once, in one of many files. */
const LARGE = 700;
const MANY = 1000;

/**
 * @param files how many log files, about
 */
export function scenarioOf(name: string, files: number, random: Random): Scenario {
  const objects = new Map<string, Uint8Array | undefined>();
  const once: Announced[] = [];
  const due = new Map<string, AlertSeverity>();
  const unchanged: string[] = [];
  let count = 0;

  const nextName = (): string => `${name}-${(count += 1)}`;

  function put(content: Uint8Array | undefined, reason?: RegExp): void {
    const key = keyOf(nextName());
    objects.set(key, content);
    once.push({ key, ...(reason && { reason }) });
  }

  /** Log files of records that are due, one for each list. */
  function tell(...lists: readonly (readonly RiskyRecord[])[]): void {
    for (const records of lists) put(logFileOf(shuffled([...records, ...others(random)], random)));
    for (const record of lists.flat()) {
      if (random.chance(BY_EVENT)) once.push({ record });
      expect(record);
    }
  }

  function expect(record: RiskyRecord): void {
    const { alert, call } = judge(record, CRITERIA);
    if (!alert || !call) return;
    const owners = alert.owner === undefined ? [] : [ownerTopicEnd(alert.owner)];
    for (const to of [undefined, ...owners]) {
      const what = toldAs({ uid: call.uid, ...optional('to', to) }) ?? '';
      const before = due.get(what);
      if (before === undefined || compareSeverity(alert.severity, before) > 0) due.set(what, alert.severity);
    }
  }

  const callOn = (domain: string, minute: number) => ({
    domain,
    eventID: `${domain}-at-${minute}`,
    eventTime: `2026-11-24T10:${String(minute).padStart(2, '0')}:00Z`,
  });
  const risk = () => random.pick(RISKS);
  const hostile = hostileFiles(logFileOf([updateOf(callOn('example', 0), OPENED)]));
  const light = Object.entries(hostile).filter(([kind]) => kind !== 'bomb');

  const makers: Readonly<Record<keyof typeof SHARES, () => void>> = {
    risky() {
      const calls = Array.from({ length: 1 + random.below(3) }, () => ({ domain: nextName(), request: risk() }));
      const first = calls.map(({ domain, request }) => updateOf(callOn(domain, 1), request));
      tell(first);
      // In the same file the same is asked for once more.
      const again = calls.map(({ domain, request }) => updateOf(callOn(domain, 2), request));
      if (!random.chance(0.2)) return;
      const key = once.at(-1)?.key ?? '';
      objects.set(key, logFileOf(shuffled([...first, ...again], random)));
      unchanged.push(...again.map(({ eventID }) => eventID));
    },
    // Two versions of one record, in two files.
    worse() {
      const call = callOn(nextName(), 1);
      const milder = updateOf(call, HTTP);
      tell([milder], [updateOf(call, { ...OPENED, ...HTTP })]);
    },
    // Opened, closed, opened again, in three files: without the second one the third changes nothing.
    late() {
      const domain = nextName();
      const opens = updateOf(callOn(domain, 1), OPENED);
      const closes = updateOf(callOn(domain, 2), { accessPolicies: CLOSED });
      const opensAgain = updateOf(callOn(domain, 3), OPENED);
      tell([opens], [opensAgain]);
      put(logFileOf([closes]));
    },
    // Its log file is not there by the end of the run.
    ahead() {
      const record = updateOf(callOn(nextName(), 1), risk());
      once.push({ record });
      expect(record);
    },
    denied() {
      const domain = nextName();
      tell([denialOf(callOn(domain, 1), domain)]);
    },
    hostile() {
      const [, file] = light[random.below(light.length)] ?? [];
      if (file) put(file.bytes, file.reason);
    },
    gone: () => put(undefined, /key does not exist|no such key|NoSuchKey|NotFound|UnknownError/i),
    strange: () => void once.push({ reason: /notification/ }),
  };

  const { bomb } = hostile;
  if (bomb) put(bomb.bytes, bomb.reason);
  if (files >= MANY) {
    tell(Array.from({ length: LARGE }, () => updateOf(callOn(nextName(), 1), risk())));
  }
  while (once.length < files) {
    let dice = random.below(100);
    const kind = (Object.keys(SHARES) as (keyof typeof SHARES)[]).find((one) => (dice -= SHARES[one]) < 0);
    if (kind) makers[kind]();
    else put(logFileOf(others(random)));
  }
  // S3 announces at least once, in no order.
  return { objects, announced: shuffled([...once, ...once], random), due, unchanged };
}

/** Records of other services. */
const others = (random: Random): readonly RiskyRecord[] =>
  Array.from({ length: random.below(4) }, (_, at) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    eventID: `other-${at}`,
  }));

export function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.below(2 ** 30) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
