import { bounded } from '../../core/base/bounded';
import { readDigested, toMailDigest, type MailDigest, type Period } from '../../core/mail-digest';

/** What a mail digest is made with. */
export interface DigestEffects {
  /** Up to ten messages of the queue; none where it is empty, or seems so. */
  readonly receive: () => Promise<readonly Received[]>;
  readonly publish: (mail: MailDigest) => Promise<void>;
  /** Takes up to ten out of the queue. @returns how many could not be */
  readonly remove: (receipts: readonly string[]) => Promise<number>;
  /** Whether what is not begun has no time any more. */
  readonly isOver: () => boolean;
  readonly report: (sent: Sent) => void;
}

export interface Received {
  readonly body: string;
  readonly receipt: string;
}

/** What became of one mail. */
export interface Sent {
  readonly alerts: number;
  readonly unreadable: number;
  /** Of these, messages that are still in the queue and will be told once more. */
  readonly notRemoved: number;
}

/** Alerts in one mail; of each a few hundred bytes are held. A week that has more has several. */
const MOST_IN_A_MAIL = 10_000;

const MOST_AT_ONCE = 10;

/** What is not removed when the function ends is told once more: a thousand requests, one after the other, may take too long. */
const REMOVALS_IN_FLIGHT = 10;

/** Empty answers in a row that are believed: one may come from servers that hold nothing. */
const EMPTY_ANSWERS = 2;

/**
 * Tells all that waits in the queue, in as few mails as may be, and none where nothing waits. A message is removed after its mail was
 * published: what goes wrong in between repeats it, and loses nothing.
 * @throws Error where there is no time for what is left: the next try goes on with it
 */
export async function sendMailDigests(period: Period, effects: DigestEffects): Promise<void> {
  for (;;) {
    const { received, isLast } = await gathered(effects);
    if (received.length > 0) await sendOne(received, period, effects);
    if (isLast) return;
    if (effects.isOver())
      throw new Error('there is no time for all alerts of the mail digest: the rest is left in the queue');
  }
}

async function gathered({ receive, isOver }: DigestEffects) {
  const received: Received[] = [];
  let empty = 0;
  while (received.length < MOST_IN_A_MAIL && !isOver()) {
    const some = await receive();
    received.push(...some);
    empty = some.length === 0 ? empty + 1 : 0;
    if (empty === EMPTY_ANSWERS) return { received, isLast: true };
  }
  return { received, isLast: false };
}

async function sendOne(received: readonly Received[], period: Period, effects: DigestEffects): Promise<void> {
  const alerts = received.flatMap(({ body }) => readDigested(body) ?? []);
  const unreadable = received.length - alerts.length;
  await effects.publish(toMailDigest(alerts, unreadable, period));
  const inFlight = bounded(REMOVALS_IN_FLIGHT, REMOVALS_IN_FLIGHT);
  const notRemoved = await Promise.all(
    Array.from({ length: Math.ceil(received.length / MOST_AT_ONCE) }, (_, at) => {
      const receipts = received.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE).map(({ receipt }) => receipt);
      return inFlight(1, () => effects.remove(receipts).catch(() => receipts.length));
    }),
  );
  effects.report({ alerts: alerts.length, unreadable, notRemoved: notRemoved.reduce((sum, count) => sum + count, 0) });
}
