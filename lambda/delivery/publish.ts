import type { Alert } from '../../core/alert';
import { bounded } from '../../core/base/bounded';
import type { Judgement } from '../../core/scan';
import { burstOf, type PublishInBurst } from './burst';
import { claimOf, type Once, type Published } from './once';

/** Publishes to the topic of the severity, or to that of the owner `to`. */
export type Send = (alert: Alert, to?: string) => Promise<void>;

/** How an alert is published. */
export interface Telling {
  /** @param to as in `Claim` */
  readonly publish: (alert: Alert, judgement: Judgement, to?: string) => Promise<Published>;
  /** @default - denied and failed calls are published as all others */
  readonly publishInBurst?: PublishInBurst;
  /** Owners have topics. @default false */
  readonly tellsOwners?: boolean;
}

/** What became of the calls alerted of one log file: each is in one of these. */
export interface PublishedAlerts {
  /** Of the calls alerted, those that were told now. */
  readonly sent: number;
  /** Of the calls alerted, those whose alert had been sent before. */
  readonly alreadySent: number;
  /** Of the calls alerted, those told with others of their burst. */
  readonly grouped: number;
  /** Of the calls alerted, those that were told and could not be recorded as told. */
  readonly unrecorded: number;
  /** The calls that were told now, of each what it is filed under. */
  readonly told: readonly ToldCall[];
  /** Why alerts could not be published, one for each of the calls alerted that failed; the whole file is tried again. */
  readonly unpublished: readonly unknown[];
  /** What became of the calls alerted that an owner is to be told of as well: each is in one of each owner's. */
  readonly owners: Readonly<Record<string, ToldOwner>>;
  /** Why owners could not be told, likewise. */
  readonly ownersUntold: readonly unknown[];
}

/** What became of the calls that one owner is to be told of: `due` is the sum of the others. */
export interface ToldOwner {
  readonly due: number;
  /** Told now. */
  readonly sent: number;
  /** Told before, or with others of their burst. */
  readonly known: number;
  readonly failed: number;
}

/** What its alert says of a call in short: severity, rule, account, region and domain. */
export interface ToldCall {
  readonly attributes: Alert['attributes'];
  /** As the record has it. */
  readonly eventTime: string | undefined;
}

const MAX_PUBLISHES_IN_FLIGHT = 10;

/** Publishes an alert once, and again where the call is worse than was told. */
export function publisher(send: Send, once: Once): Telling['publish'] {
  return (alert, { call, alertAs }, to) =>
    once(claimOf(alert.uid, alert.severity, call, to), async ({ told }) => {
      const corrected = told && alertAs?.({ correction: { told } });
      await send(corrected ?? alert, to);
      return 'sent';
    });
}

/** An alert, and what became of it at one topic. */
interface Settled {
  readonly judgement: Judgement;
  readonly alert: Alert;
  readonly result: PromiseSettledResult<Published>;
}

/** Publishes every alert, to whom it is for; one that fails keeps no other from being tried. */
export async function publishAll(
  judgements: readonly Judgement[],
  { publish, publishInBurst, tellsOwners = false }: Telling,
): Promise<PublishedAlerts> {
  const inFlight = bounded(MAX_PUBLISHES_IN_FLIGHT, MAX_PUBLISHES_IN_FLIGHT);
  const alerted = judgements.flatMap((judgement) => {
    const { alert } = judgement;
    return alert ? [{ judgement, alert, burst: publishInBurst && burstOf(judgement) }] : [];
  });
  const sizes = new Map<string, number>();
  for (const { burst } of alerted) if (burst) sizes.set(burst.uid, (sizes.get(burst.uid) ?? 0) + 1);

  const settle = async (
    those: typeof alerted,
    toOf: (alert: Alert) => string | undefined,
  ): Promise<readonly Settled[]> =>
    Promise.all(
      those.map(async ({ judgement, alert, burst }) => {
        const [result] = await Promise.allSettled([
          inFlight(1, () =>
            publishInBurst && burst
              ? publishInBurst(judgement, burst, sizes.get(burst.uid) ?? 1, toOf(alert))
              : publish(alert, judgement, toOf(alert)),
          ),
        ]);
        return { judgement, alert, result };
      }),
    );
  const settled = await settle(alerted, () => undefined);
  // An owner has a record of its own of what it was told: neither who is told first nor what fails is repeated by the other.
  const owned = alerted.filter(({ alert }) => tellsOwners && alert.owner !== undefined);
  const toOwners = await settle(owned, ({ owner }) => owner);
  return {
    unpublished: reasonsIn(settled),
    told: settled.flatMap(({ alert: { attributes }, judgement: { call }, result }) =>
      isTold(result) ? [{ attributes, eventTime: call?.eventTime }] : [],
    ),
    sent: countOf(settled, 'sent'),
    alreadySent: countOf(settled, 'already-sent'),
    grouped: countOf(settled, 'grouped'),
    unrecorded: countOf(settled, 'unrecorded'),
    owners: byOwner(toOwners),
    ownersUntold: reasonsIn(toOwners),
  };
}

function byOwner(settled: readonly Settled[]): PublishedAlerts['owners'] {
  const owners = new Map<string, Settled[]>();
  for (const each of settled) {
    const name = each.alert.owner ?? '';
    owners.set(name, [...(owners.get(name) ?? []), each]);
  }
  return Object.fromEntries(
    [...owners].map(([name, theirs]) => [
      name,
      {
        due: theirs.length,
        sent: theirs.filter(({ result }) => isTold(result)).length,
        known: countOf(theirs, 'already-sent') + countOf(theirs, 'grouped'),
        failed: reasonsIn(theirs).length,
      },
    ]),
  );
}

const isTold = (result: Settled['result']): boolean =>
  result.status === 'fulfilled' && (result.value === 'sent' || result.value === 'unrecorded');

const countOf = (settled: readonly Settled[], outcome: Published): number =>
  settled.filter(({ result }) => result.status === 'fulfilled' && result.value === outcome).length;

const reasonsIn = (settled: readonly Settled[]): readonly unknown[] =>
  settled.flatMap(({ result }): readonly unknown[] => (result.status === 'rejected' ? [result.reason] : []));
