import type { Alert } from '../../core/alert';
import { bounded } from '../../core/base/bounded';
import type { Judgement } from '../../core/scan';
import { burstOf, type PublishInBurst } from './burst';
import { claimOf, type Once, type Published } from './once';

/** How an alert is published. */
export interface Telling {
  readonly publish: (alert: Alert, judgement: Judgement) => Promise<Published>;
  /** @default - denied and failed calls are published as all others */
  readonly publishInBurst?: PublishInBurst;
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
}

/** What its alert says of a call in short: severity, rule, account, region and domain. */
export interface ToldCall {
  readonly attributes: Alert['attributes'];
  /** As the record has it. */
  readonly eventTime: string | undefined;
}

const MAX_PUBLISHES_IN_FLIGHT = 10;

/** Publishes an alert once, and again where the call is worse than was told. */
export function publisher(send: (alert: Alert) => Promise<void>, once: Once): Telling['publish'] {
  return (alert, { call, alertAs }) =>
    once(claimOf(alert.uid, alert.severity, call), async ({ told }) => {
      const corrected = told && alertAs?.({ correction: { told } });
      await send(corrected ?? alert);
      return 'sent';
    });
}

/** Publishes every alert; one that fails keeps no other from being tried. */
export async function publishAll(
  judgements: readonly Judgement[],
  { publish, publishInBurst }: Telling,
): Promise<PublishedAlerts> {
  const inFlight = bounded(MAX_PUBLISHES_IN_FLIGHT, MAX_PUBLISHES_IN_FLIGHT);
  const alerted = judgements.flatMap((judgement) => {
    const { alert } = judgement;
    return alert ? [{ judgement, alert, burst: publishInBurst && burstOf(judgement) }] : [];
  });
  const sizes = new Map<string, number>();
  for (const { burst } of alerted) if (burst) sizes.set(burst.uid, (sizes.get(burst.uid) ?? 0) + 1);

  const settled = await Promise.allSettled(
    alerted.map(({ judgement, alert, burst }) =>
      inFlight(1, () =>
        publishInBurst && burst
          ? publishInBurst(judgement, burst, sizes.get(burst.uid) ?? 1)
          : publish(alert, judgement),
      ),
    ),
  );
  const countOf = (outcome: Published): number =>
    settled.filter((result) => result.status === 'fulfilled' && result.value === outcome).length;
  return {
    unpublished: settled.flatMap((result): readonly unknown[] => (result.status === 'rejected' ? [result.reason] : [])),
    told: alerted.flatMap(({ alert: { attributes }, judgement: { call } }, at) => {
      const result = settled[at];
      const isTold = result?.status === 'fulfilled' && (result.value === 'sent' || result.value === 'unrecorded');
      return isTold ? [{ attributes, eventTime: call?.eventTime }] : [];
    }),
    sent: countOf('sent'),
    alreadySent: countOf('already-sent'),
    grouped: countOf('grouped'),
    unrecorded: countOf('unrecorded'),
  };
}
