import { createHash } from 'node:crypto';
import type { LogFileRef } from '../../core/notification';

/** How far a log file came that could not be finished in one invocation. */
export interface Place {
  /** How many of its records, in the order of time, are done. */
  readonly done: number;
  /** Tells those records from any others: what was written over the file since is not taken for done. */
  readonly mark: string;
  /** The first record of the first part of what is done that has an alert that could not be sent. @default - all were sent */
  readonly failed?: number;
}

export interface Places {
  readonly of: (logFile: LogFileRef) => Promise<Place | undefined>;
  readonly keep: (logFile: LogFileRef, place: Place) => Promise<void>;
}

/** The place after the first `done` of `ordered`. */
export function placeAfter(done: number, ordered: readonly unknown[], failed?: number): Place {
  const hash = createHash('sha256');
  for (const record of ordered.slice(0, done)) hash.update(JSON.stringify(record)).update('\n');
  return { done, mark: hash.digest('hex'), ...(failed !== undefined && { failed }) };
}

/** Where to go on: after what is done, if the records that were done are those that are there. */
export function placeIn(place: Place | undefined, ordered: readonly unknown[]): Place | undefined {
  return place && placeAfter(place.done, ordered).mark === place.mark ? place : undefined;
}
