import { setTimeout as sleep } from 'node:timers/promises';
import { toPublishInput, type Alert } from '../../core/alert';
import type { LogFileRef } from '../../core/notification';
import type { History } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { lazily } from '../../core/base/lazily';
import type { topics, tables } from '../clients';
import { ownerTopicEnd } from '../../core/base/owner-topic';
import type { Environment } from '../environment';
import { inBursts } from './burst';
import { checkedSettings } from './checked-settings';
import { delivery, type Deliver } from './deliver';
import { claimOf, once, type Published } from './once';
import type { Places } from './places';
import { publisher } from './publish';

/** What delivery asks of AWS, each loaded when it is first asked for. */
export interface Clients {
  readonly topics: typeof topics;
  readonly tables: typeof tables;
}

/** Time as delivery sees it, in milliseconds. */
export interface Clock {
  /** Since 1970. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const SYSTEM_CLOCK: Clock = { now: Date.now, pause: sleep };

/** What an invocation delivers with. */
export interface Delivery {
  readonly deliver: Deliver;
  readonly keepPlace: Places['keep'];
  /** Publishes an alert that is about no call, once. */
  readonly tell: (alert: Alert) => Promise<Published>;
}

/** Before the invocation ends, what was begun has to end as well: one part of a large log file, or the reading of another. */
const RESERVE_MS = 30_000;

/**
 * Delivery with everything behind it, once for each start of the function. What it gives is for one invocation, which cannot
 * be alive after `leaseUntil`, in milliseconds since 1970, and sends nothing once `ended` is aborted.
 * @param settings as they were read
 * @throws Error telling what is wrong with the settings
 */
export function deliveryOf(
  { topicArns, ownerTopics, tableName, watched }: Environment,
  settings: unknown,
  clients: Clients,
  { now, pause }: Clock = SYSTEM_CLOCK,
): (leaseUntil: number, ended: AbortSignal) => Delivery {
  const criteria = toCriteria(checkedSettings(settings), watched);

  return (leaseUntil, ended) => {
    const topicOf = (alert: Alert, owner: string | undefined): string =>
      owner === undefined
        ? topicArns[alert.severity]
        : topicArns[alert.severity].replace(/[^:]*$/, `${ownerTopics}${ownerTopicEnd(owner)}`);

    async function send(alert: Alert, to?: string): Promise<void> {
      const { client, PublishCommand } = await clients.topics();
      const command = new PublishCommand({ TopicArn: topicOf(alert, to), ...toPublishInput(alert) });
      await client.send(command, { abortSignal: ended });
    }

    const table = lazily(async () => {
      const { client, sentAlertsIn, historyIn, countIn, placesIn } = await clients.tables();
      return {
        sentAlerts: sentAlertsIn(client, tableName, leaseUntil, now),
        historyOf: (logFile: LogFileRef | undefined) => historyIn(client, tableName, logFile, now),
        countIn: countIn(client, tableName, now),
        places: placesIn(client, tableName, now),
      };
    });
    const sendOnce = once(
      {
        claim: async (claim) => (await table()).sentAlerts.claim(claim),
        confirm: async (claim) => (await table()).sentAlerts.confirm(claim),
        release: async (claim) => (await table()).sentAlerts.release(claim),
      },
      pause,
    );
    const deliver = delivery(criteria, {
      publish: publisher(send, sendOnce),
      tellsOwners: ownerTopics !== undefined,
      publishInBurst: inBursts(send, sendOnce, async (burst, callUid) => (await table()).countIn(burst, callUid)),
      historyOf: (logFile) => whenAsked(async () => (await table()).historyOf(logFile)),
      places: { of: async (logFile) => (await table()).places.of(logFile) },
      isOver: () => now() > leaseUntil - RESERVE_MS,
    });
    const tell = (alert: Alert): Promise<Published> =>
      sendOnce(claimOf(alert.uid, alert.severity), async () => {
        await send(alert);
        return 'sent';
      });
    return { deliver, tell, keepPlace: async (logFile, place) => (await table()).places.keep(logFile, place) };
  };
}

/** A history that is loaded when it is first asked for. */
function whenAsked(history: () => Promise<History>): History {
  return {
    record: async (call, entry) => (await history()).record(call, entry),
    note: async (call, told) => (await history()).note(call, told),
    async *earlier(call) {
      yield* (await history()).earlier(call);
    },
    isTold: async (entry) => (await history()).isTold(entry),
  };
}
