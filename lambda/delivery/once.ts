import { textOfError } from '../../core/base/error-text';

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

/** `already-sent` is what makes a redelivery silent; `grouped` is told with others of its burst. */
export type Published = 'sent' | 'already-sent' | 'grouped';

/** Does the work that sends an alert, unless the alert of that uid was sent before. */
export type Once = (uid: string, send: () => Promise<'sent' | 'grouped'>) => Promise<Published>;

/**
 * Sends each alert once, whatever is delivered twice. It is recorded after it is sent: a crash between the two makes it
 * two, never none.
 */
export function once(sentAlerts: SentAlerts): Once {
  const ours = new Map<string, Promise<Published>>();

  async function sendClaimed(uid: string, send: () => Promise<'sent' | 'grouped'>): Promise<Published> {
    if ((await sentAlerts.claim(uid)) === 'sent') return 'already-sent';
    try {
      const sent = await send();
      await sentAlerts.confirm(uid);
      return sent;
    } catch (error) {
      await released(uid, error);
      throw error;
    }
  }

  /** @throws AggregateError when the claim cannot be given back: it runs out, and why nothing was sent is told as well */
  async function released(uid: string, why: unknown): Promise<void> {
    try {
      await sentAlerts.release(uid);
    } catch (error) {
      throw new AggregateError(
        [why, error],
        `${textOfError(why)}; and the claim was not given back: ${textOfError(error)}`,
        { cause: error },
      );
    }
  }

  return async (uid, send) => {
    // Two files of one batch may hold the same record: the claim of the first is not another invocation's.
    const underWay = ours.get(uid);
    if (underWay) {
      await underWay;
      return 'already-sent';
    }
    const sending = sendClaimed(uid, send);
    ours.set(uid, sending);
    try {
      return await sending;
    } catch (error) {
      ours.delete(uid);
      throw error;
    }
  };
}
