import type { Random } from '../../bench/random';

/** A message, as often as it was received. */
export interface Held<Body> {
  readonly messageId: string;
  readonly body: Body;
  receives: number;
  /** Milliseconds. */
  visibleAt: number;
}

/** An SQS queue with a dead-letter queue, in memory. */
export interface Queue<Body> {
  readonly send: (body: Body) => void;
  /** @param visibleAt when what is received comes back unless it is deleted */
  readonly receive: (most: number, visibleAt: number) => readonly Held<Body>[];
  readonly remove: (message: Held<Body>) => void;
  /** When the next message can be received; `undefined` where the queue is empty. */
  readonly nextAt: () => number | undefined;
  readonly deadLetters: () => readonly Held<Body>[];
  /** Puts everything dead back, as new messages. */
  readonly redrive: () => void;
}

export function openQueue<Body>(mostReceives: number, now: () => number, random: Random): Queue<Body> {
  const messages = new Set<Held<Body>>();
  let dead: Held<Body>[] = [];
  let sent = 0;

  const send = (body: Body): void => {
    messages.add({ messageId: `message-${(sent += 1)}`, body, receives: 0, visibleAt: now() });
  };

  return {
    send,
    receive(most, visibleAt) {
      const received: Held<Body>[] = [];
      for (const message of messages) {
        if (received.length === most) break;
        // SQS keeps no order.
        if (message.visibleAt > now() || (random.chance(0.2) && messages.size > most)) continue;
        if (message.receives === mostReceives) {
          messages.delete(message);
          dead.push(message);
          continue;
        }
        message.receives += 1;
        message.visibleAt = visibleAt;
        received.push(message);
      }
      return received;
    },
    remove: (message) => void messages.delete(message),
    nextAt() {
      let next: number | undefined;
      for (const { visibleAt } of messages) next = Math.min(next ?? visibleAt, visibleAt);
      return next;
    },
    deadLetters: () => dead,
    redrive() {
      const again = dead;
      dead = [];
      for (const { body } of again) send(body);
    },
  };
}
