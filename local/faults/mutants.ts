import { textOfError } from '../../core/base/error-text';
import { NOTHING_DELIVERED } from '../../lambda/delivery/delivered';
import type { Mutant } from './model';

/** Faults that the function does not have: the suite is worth something only while it notices each of them. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'the alert is recorded before it is published': {
    sentAlertsIn: (original) => (client, tableName, leaseUntil, now) => {
      const sentAlerts = original(client, tableName, leaseUntil, now);
      return {
        ...sentAlerts,
        claim: async (claim) => {
          const claimed = await sentAlerts.claim(claim);
          if (claimed !== 'sent') await sentAlerts.confirm(claim);
          return claimed;
        },
      };
    },
  },
  'the alert is never recorded': {
    sentAlertsIn: (original) => (client, tableName, leaseUntil, now) => ({
      ...original(client, tableName, leaseUntil, now),
      confirm: async () => undefined,
    }),
  },
  'the first verdict wins': {
    sentAlertsIn: (original) => (client, tableName, leaseUntil, now) => {
      const sentAlerts = original(client, tableName, leaseUntil, now);
      return {
        ...sentAlerts,
        claim: async (claim) => {
          const claimed = await sentAlerts.claim(claim);
          return claimed === 'sent' || claimed.told === undefined ? claimed : 'sent';
        },
      };
    },
  },
  'a claim is never refused': {
    sentAlertsIn: (original) => (client, tableName, leaseUntil, now) => {
      const sentAlerts = original(client, tableName, leaseUntil, now);
      return { ...sentAlerts, claim: async (claim) => sentAlerts.claim(claim).catch(() => ({})) };
    },
  },
  'what SNS throttles counts as sent': {
    sendToTopic: (original) => async (command, options) => {
      try {
        return await original(command, options);
      } catch (error) {
        if (textOfError(error).includes('Throttling')) return {};
        throw error;
      }
    },
  },
  'what the topic of an owner refuses counts as sent': {
    sendToTopic: (original) => async (command, options) => {
      try {
        return await original(command, options);
      } catch (error) {
        if (command.input.TopicArn?.includes('-owner-') === true) return {};
        throw error;
      }
    },
  },
  'a record that came as an event is never judged': {
    monitor: (original) => (event, effects) =>
      original(event, {
        ...effects,
        deliver: async (records, logFile, isAgain) =>
          logFile === undefined ? NOTHING_DELIVERED : effects.deliver(records, logFile, isAgain),
      }),
  },
  'a failed log file is acknowledged': {
    monitor: (original) => async (event, effects) => {
      await original(event, effects);
      return { batchItemFailures: [] };
    },
  },
  'a failed log file fails its whole batch': {
    monitor: (original) => async (event, effects) => {
      const { batchItemFailures } = await original(event, effects);
      const { Records } = event as { readonly Records: readonly { readonly messageId: string }[] };
      const all = Records.map(({ messageId }) => ({ itemIdentifier: messageId }));
      return { batchItemFailures: batchItemFailures.length > 0 ? all : [] };
    },
  },
  'an alert that is sent is not counted': {
    monitor: (original) => (event, effects) => {
      const report: typeof effects.report = (told) =>
        effects.report(told.outcome === 'scanned' ? { ...told, sent: 0 } : told);
      return original(event, { ...effects, report });
    },
  },
};
