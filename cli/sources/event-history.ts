import { setTimeout as sleep } from 'node:timers/promises';
import { textOfError } from '../../core/base/error-text';
import { EVENT_SOURCE } from '../../core/base/event-source';
import { isExpiredCredential, nameOfError, signInAgain } from './credentials';
import type { Found, Source } from './paths';
import { sdk } from './sdk';

/** One page of LookupEvents: the newest events first. */
export interface Page {
  readonly events: readonly {
    readonly id: string | undefined;
    readonly time: Date | undefined;
    readonly record: string | undefined;
  }[];
  readonly nextToken: string | undefined;
}

/** Asks for a page. A client is made anew for each credentials that are read anew. */
export type LookUp = (request: {
  readonly from: Date;
  readonly to: Date;
  readonly nextToken: string | undefined;
}) => Promise<Page>;

/** Where to look: an account by its profile, and a region. */
export interface Place {
  /** @default - the SDK's default chain */
  readonly profile: string | undefined;
  /** @default - that of the profile or the environment */
  readonly region: string | undefined;
}

/** What looking does to the world. */
export interface HistoryEffects {
  readonly lookUpIn: (place: Place) => Promise<LookUp>;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** Hears how many events were read so far. */
  readonly show: (events: number) => void;
}

/** CloudTrail answers two requests a second in each account and region. */
const PAUSE = 500;

/**
 * The calls of the service in CloudTrail's event history, of each place at the same time, none of them faster than
 * CloudTrail allows. What fails in one place keeps no other from being read, and what was read before it failed counts.
 */
export async function eventHistory(
  places: readonly Place[],
  from: Date,
  to: Date,
  effects: HistoryEffects,
): Promise<Found> {
  let seen = 0;
  const found = await Promise.all(
    places.map(async (place): Promise<Found> => {
      const name = `event history of ${nameOf(place)}`;
      const records: string[] = [];
      let error: unknown;
      try {
        for await (const page of pagesOf(place, from, to, effects)) {
          for (const { record } of page.events) if (record !== undefined) records.push(record);
          seen += page.events.length;
          effects.show(seen);
        }
      } catch (reason) {
        error = toldError(reason, place);
      }
      const source: Source = { name, isNamed: true, read: () => Buffer.from(JSON.stringify({ Events: records })) };
      return { sources: [source], unreadable: error === undefined ? [] : [{ name, error }], leftOut: [] };
    }),
  );
  return {
    sources: found.flatMap(({ sources }) => sources),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    leftOut: [],
  };
}

const nameOf = ({ profile, region }: Place): string =>
  [profile === undefined ? undefined : `profile ${profile}`, region ?? 'the default region']
    .filter(Boolean)
    .join(' in ');

/**
 * The pages of one place. Credentials that expire are read anew once a page; a token for the next page that has expired
 * is done without, by asking for what is older than the oldest event so far.
 */
async function* pagesOf(place: Place, from: Date, to: Date, effects: HistoryEffects): AsyncGenerator<Page> {
  const { pause, now } = effects;
  let lookUp = await effects.lookUpIn(place);
  // A token for the next page holds with the same times only.
  let until = to;
  let oldest = to;
  let nextToken: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const known = new Set<string>();
  let isRenewed = false;
  for (;;) {
    const wait = last + PAUSE - now();
    if (wait > 0) await pause(wait);
    last = now();
    try {
      const page = await lookUp({ from, to: until, nextToken });
      isRenewed = false;
      const events = page.events.filter(({ id }) => id === undefined || !known.has(id));
      for (const { id } of page.events) if (id !== undefined) known.add(id);
      yield { ...page, events };
      oldest = page.events.at(-1)?.time ?? oldest;
      if (page.nextToken === undefined) return;
      nextToken = page.nextToken;
    } catch (error) {
      if (isRenewed) throw error;
      isRenewed = true;
      if (isExpiredToken(error) && nextToken !== undefined) {
        // Of the second of the oldest event there may be more: those that are known are not told again.
        until = new Date(Math.min(oldest.getTime() + 1000, to.getTime()));
        nextToken = undefined;
      } else if (isExpiredCredential(error)) lookUp = await effects.lookUpIn(place);
      else throw error;
    }
  }
}

const isExpiredToken = (error: unknown): boolean =>
  /^(InvalidNextToken|ExpiredNextToken|ExpiredPaginationToken)/.test(nameOfError(error));
/** Credentials are the usual reason, and the operator's to renew. */
function toldError(error: unknown, { profile }: Place): unknown {
  if (!isExpiredCredential(error)) return error;
  return new Error(`${signInAgain(profile)}; what was read before counts (${textOfError(error)})`, { cause: error });
}

/** CloudTrail itself, by its SDK, which is loaded when it is first asked. */
export const cloudTrail: Pick<HistoryEffects, 'lookUpIn' | 'pause' | 'now'> = {
  pause: sleep,
  now: () => performance.now(),
  lookUpIn: async ({ profile, region }) => {
    const { CloudTrailClient, LookupEventsCommand } = await sdk(
      '@aws-sdk/client-cloudtrail',
      'history',
      () => import('@aws-sdk/client-cloudtrail'),
    );
    // The pauses above keep to the rate; others may use it up as well.
    const client = new CloudTrailClient({ ...(region && { region }), ...(profile && { profile }), maxAttempts: 8 });
    return async ({ from, to, nextToken }) => {
      const { Events = [], NextToken } = await client.send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: EVENT_SOURCE }],
          StartTime: from,
          EndTime: to,
          MaxResults: 50,
          ...(nextToken !== undefined && { NextToken: nextToken }),
        }),
      );
      return {
        events: Events.map(({ EventId: id, EventTime: time, CloudTrailEvent: record }) => ({ id, time, record })),
        nextToken: NextToken,
      };
    };
  },
};
