import { EQUATIONS, imbalanceOf, type Counters } from '../../core/base/accounting';
import { EXCUSES, KILL_POINTS, type Books, type Excuse, type KillPoint } from './books';
import { FAULTS, isAfterTheAct, SERVICES, type Fault, type Service } from './fault-kinds';
import type { Announced, Scenario } from './scenario';

/** What a run came to. */
export interface Figures {
  readonly logFiles: number;
  /** Records that came as events. */
  readonly events: number;
  readonly faults: Readonly<Record<Service, Readonly<Record<Fault, number>>>>;
  readonly kills: Readonly<Record<KillPoint, number>>;
  readonly due: number;
  /** Of those due, told as severe as they are. */
  readonly told: number;
  readonly doubled: Readonly<Record<Excuse, number>>;
  /** Messages that were put aside while there were faults. */
  readonly deadLettered: number;
  /** Those put aside for good, which nobody can read. */
  readonly unreadable: number;
  /** What is wrong: uids that are lost, and so on, in words. */
  readonly wrong: readonly string[];
}

/** What is in the dead-letter queue at the end. */
export interface DeadLetter {
  readonly announced: Announced;
  /** What the function said of its message. */
  readonly said: readonly string[];
}

export interface Run {
  readonly scenario: Scenario;
  readonly books: Books;
  readonly faults: Figures['faults'];
  readonly counters: Counters;
  readonly deadLettered: number;
  readonly deadLetters: readonly DeadLetter[];
}

/** Judges a run from outside. */
export function figuresOf({ scenario, books, faults, counters, deadLettered, deadLetters }: Run): Figures {
  const told = books.told();
  const lost = [...scenario.due].filter(([uid, worst]) => !told.get(uid)?.includes(worst));
  const { excused, unexcused } = books.doubled();
  const unreadable = scenario.announced.filter(({ reason }) => reason !== undefined).length;
  return {
    logFiles: scenario.objects.size,
    events: new Set(scenario.announced.flatMap(({ record }) => record ?? [])).size,
    faults,
    kills: books.kills(),
    due: scenario.due.size,
    told: scenario.due.size - lost.length,
    doubled: excused,
    deadLettered,
    unreadable: deadLetters.length,
    wrong: [
      ...lost.map(
        ([uid, worst]) => `lost: ${uid} is due as ${worst} and was told as ${told.get(uid)?.join(', ') ?? 'nothing'}`,
      ),
      ...faultsOfReasons(excused, faults.SNS),
      ...unexcused.map((uid) => `doubled: ${uid} was told again without a reason`),
      ...scenario.unchanged.filter((uid) => told.has(uid)).map((uid) => `no news: ${uid} changed nothing and was told`),
      ...deadLetters.flatMap(faultsOfDeadLetter),
      ...(deadLetters.length === unreadable
        ? []
        : [`dead letters: ${unreadable} messages can never be read, and ${deadLetters.length} were put aside`]),
      ...EQUATIONS.flatMap((equation) => {
        const difference = imbalanceOf(equation, counters);
        return difference === 0 ? [] : [`accounts: ${equation.whole} is ${difference} more than its parts`];
      }),
    ],
  };
}

/** A lost answer explains one repeat, no more. */
function faultsOfReasons(doubled: Figures['doubled'], faultsOfSns: Figures['faults']['SNS']): readonly string[] {
  const repeats = doubled['the answer of SNS was lost'];
  const lost = FAULTS.filter(isAfterTheAct).reduce((sum, fault) => sum + faultsOfSns[fault], 0);
  return repeats <= lost ? [] : [`reasons: ${repeats} repeats are laid to ${lost} lost answers of SNS`];
}

function faultsOfDeadLetter({ announced: { key, record, reason }, said }: DeadLetter): readonly string[] {
  const what = key ?? record?.eventID ?? 'what is no notification';
  if (!reason) return [`dead letters: ${what} can be read and was put aside: ${said.at(-1)}`];
  if (said.some((line) => reason.test(line))) return [];
  return [`dead letters: ${what} was put aside, and ${reason} is not the reason that was told: ${said.at(-1)}`];
}

/** All of several runs. */
export function together(runs: readonly Figures[]): Figures {
  const sum = (count: (one: Figures) => number): number => runs.reduce((total, one) => total + count(one), 0);
  const each = <Key extends string>(keys: readonly Key[], count: (one: Figures, key: Key) => number) =>
    Object.fromEntries(keys.map((key) => [key, sum((one) => count(one, key))])) as Record<Key, number>;
  return {
    logFiles: sum(({ logFiles }) => logFiles),
    events: sum(({ events }) => events),
    faults: Object.fromEntries(
      SERVICES.map((service) => [service, each(FAULTS, ({ faults }, fault) => faults[service][fault])]),
    ) as Figures['faults'],
    kills: each(KILL_POINTS, ({ kills }, point) => kills[point]),
    due: sum(({ due }) => due),
    told: sum(({ told }) => told),
    doubled: each(EXCUSES, ({ doubled }, excuse) => doubled[excuse]),
    deadLettered: sum(({ deadLettered }) => deadLettered),
    unreadable: sum(({ unreadable }) => unreadable),
    wrong: runs.flatMap(({ wrong }) => wrong),
  };
}

/** The table that is printed. */
export function tableOf(figures: Figures): readonly string[] {
  const row = (count: number, what: string): string => `${String(count).padStart(8)}  ${what}`;
  const total = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  const faults = SERVICES.flatMap((service) => [
    row(total(figures.faults[service]), `faults of ${service}`),
    ...FAULTS.map((fault) => row(figures.faults[service][fault], `  ${fault}`)),
  ]);
  return [
    row(figures.logFiles, 'log files, each announced twice'),
    row(figures.events, 'records of them that come as events as well, each twice'),
    ...faults,
    row(total(figures.kills), 'kills of the function'),
    ...KILL_POINTS.map((point) => row(figures.kills[point], `  ${point}`)),
    row(figures.due, 'alerts due: of each risky call, to all and to its owner'),
    row(figures.told, 'told, as severe as they are'),
    row(figures.due - figures.told, 'lost'),
    row(total(figures.doubled), 'doubled'),
    ...EXCUSES.map((excuse) => row(figures.doubled[excuse], `  ${excuse}`)),
    row(figures.deadLettered, 'messages dead-lettered, and redriven once the faults were over'),
    row(figures.unreadable, '  dead again, as nobody can read them, each with its reason'),
  ];
}
