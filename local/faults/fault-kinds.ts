import type { Random } from '../../bench/random';

export const SERVICES = ['S3', 'SNS', 'DynamoDB', 'SQS'] as const;
export type Service = (typeof SERVICES)[number];

/** What goes wrong with one request. The service has done what was asked for in the last three. */
export const FAULTS = ['500', '503', 'throttled', 'no answer', 'reset', 'answer lost', 'half an answer'] as const;
export type Fault = (typeof FAULTS)[number];

export const isAfterTheAct = (fault: Fault): boolean => fault === 'answer lost' || fault === 'half an answer';

export interface Faults {
  /** What goes wrong with this request. @param about what it is about: a fault may stay with that for some time */
  readonly next: (service: Service, about: string) => Fault | undefined;
  /** How many there were, by service and kind. */
  readonly counts: () => Readonly<Record<Service, Readonly<Record<Fault, number>>>>;
  /** From now on nothing goes wrong. */
  readonly stop: () => void;
}

/** Of the faults, so many stay: what is asked again about the same meets them again. */
const STAYING = 0.1;
const MOST_REPEATS = 16;

/** @param chance of each kind, for each request */
export function faultsFrom(random: Random, chance: (fault: Fault) => number): Faults {
  const counts = Object.fromEntries(
    SERVICES.map((service) => [service, Object.fromEntries(FAULTS.map((fault) => [fault, 0]))]),
  ) as Record<Service, Record<Fault, number>>;
  const staying = new Map<string, { readonly fault: Fault; left: number }>();
  let isStopped = false;

  function drawn(): Fault | undefined {
    let dice = random.below(1_000_000) / 1_000_000;
    return FAULTS.find((fault) => (dice -= chance(fault)) < 0);
  }

  function chosen(about: string): Fault | undefined {
    const stays = staying.get(about);
    if (stays && stays.left-- > 0) return stays.fault;
    staying.delete(about);
    const fault = drawn();
    // An answer that is never there costs its time at each attempt.
    if (fault && fault !== 'no answer' && random.chance(STAYING)) {
      staying.set(about, { fault, left: 1 + random.below(MOST_REPEATS) });
    }
    return fault;
  }

  return {
    next(service, about) {
      if (isStopped) return undefined;
      const fault = chosen(`${service} ${about}`);
      if (fault) counts[service][fault] += 1;
      return fault;
    },
    counts: () => counts,
    stop: () => void (isStopped = true),
  };
}
