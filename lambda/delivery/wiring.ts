import { toPublishInput, type Alert } from '../../core/alert';
import { toCriteria } from '../../core/settings';
import { lazily } from '../../core/base/lazily';
import type { topics, tables } from '../clients';
import type { Environment } from '../environment';
import { inBursts } from './burst';
import { delivery, type Deliver } from './deliver';
import { once } from './once';

/** What delivery asks of AWS, each loaded when it is first asked for. */
export interface Clients {
  readonly topics: typeof topics;
  readonly tables: typeof tables;
}

/**
 * Delivery with everything behind it, once for each start of the function. What it gives is for one invocation, which is
 * over at `leaseUntil`, in milliseconds since 1970.
 */
export function deliveryOf(
  { settings, topicArns, tableName }: Environment,
  clients: Clients,
): (leaseUntil: number) => Deliver {
  const criteria = toCriteria(settings);

  async function send(alert: Alert): Promise<void> {
    const { client, PublishCommand } = await clients.topics();
    await client.send(new PublishCommand({ TopicArn: topicArns[alert.severity], ...toPublishInput(alert) }));
  }

  return (leaseUntil) => {
    const table = lazily(async () => {
      const { client, sentAlertsIn, historyIn, countIn } = await clients.tables();
      return {
        sentAlerts: sentAlertsIn(client, tableName, leaseUntil),
        history: historyIn(client, tableName),
        countIn: countIn(client, tableName),
      };
    });
    const sendOnce = once({
      claim: async (uid) => (await table()).sentAlerts.claim(uid),
      confirm: async (uid) => (await table()).sentAlerts.confirm(uid),
      release: async (uid) => (await table()).sentAlerts.release(uid),
    });
    return delivery(criteria, {
      publish: (alert) => sendOnce(alert.uid, () => send(alert).then(() => 'sent')),
      publishInBurst: inBursts(send, sendOnce, async (burst, callUid) => (await table()).countIn(burst, callUid)),
      historyOf: (logFile) => ({
        before: async (call) => (await table()).history.before(call),
        record: async (call, configuration) => (await table()).history.record(call, configuration, logFile),
      }),
    });
  };
}
