import type { Alert } from './alert';

/** The record of alerts that were sent, shared by all invocations. */
export interface SentAlerts {
  /**
   * Claims the sending of an alert for this invocation, for as long as the invocation can live.
   * @returns `sent` where it was sent before
   * @throws Error while another invocation holds the claim: it may yet fail, so the message has to come again
   */
  readonly claim: (uid: string) => Promise<'claimed' | 'sent'>;
  /** Records that the alert was sent. */
  readonly confirm: (uid: string) => Promise<void>;
  /** Gives the claim back: the alert was not sent. */
  readonly release: (uid: string) => Promise<void>;
}

/** `already-sent` is what makes a redelivery silent. */
export type Published = 'sent' | 'already-sent';

export type Publish = (alert: Alert) => Promise<Published>;

/**
 * Publishes each alert once, whatever is delivered twice. It is recorded after it is published: a crash between the two
 * makes it two, never none.
 */
export function once(publish: (alert: Alert) => Promise<void>, sentAlerts: SentAlerts): Publish {
  const ours = new Map<string, Promise<Published>>();

  async function publishClaimed(alert: Alert): Promise<Published> {
    if ((await sentAlerts.claim(alert.uid)) === 'sent') return 'already-sent';
    try {
      await publish(alert);
    } catch (error) {
      await sentAlerts.release(alert.uid);
      throw error;
    }
    await sentAlerts.confirm(alert.uid);
    return 'sent';
  }

  return async (alert) => {
    // Two files of one batch may hold the same record: the claim of the first is not another invocation's.
    const under = ours.get(alert.uid);
    if (under) {
      await under;
      return 'already-sent';
    }
    const publishing = publishClaimed(alert);
    ours.set(alert.uid, publishing);
    try {
      return await publishing;
    } catch (error) {
      ours.delete(alert.uid);
      throw error;
    }
  };
}
