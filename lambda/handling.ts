import type { Bounded } from '../core/base/bounded';
import { WATCHED_CALLS } from '../core/base/watched-calls';
import type { LogFileContent, Narrowing, ReadOptions } from '../core/log-file';
import type { LogFileRef } from '../core/notification';
import type { Account } from './account';
import type { Deliver, Places } from './delivery';
import type { Digests } from './digests';
import type { Report } from './report';
import type { TimeForOne } from './time-for-one';

/** What the function does to the world. */
export interface Effects {
  readonly openObject: (ref: LogFileRef, signal: AbortSignal) => Promise<OpenObject>;
  /** Judges the records of one log file and publishes the alerts. Not asked where there are none. */
  readonly deliver: Deliver;
  /** Keeps how far a log file came that is continued when it comes again. @default - it begins anew */
  readonly keepPlace?: Places['keep'];
  /**
   * Resolves shortly before the invocation ends: messages that are not done by then fail, and the others stay done.
   * @default - it is waited for all of them
   */
  readonly over?: Promise<unknown>;
  /**
   * Gives the opening, or the reading, of one object its time, so that the others keep theirs.
   * @default - one may take as long as there is for all
   */
  readonly timeForOne?: TimeForOne;
  /** Of the calls of other services, those that are read only where they name what is watched. @default - all are read */
  readonly narrowing?: Narrowing;
  /** Records that come as events are believed, as those of log files are. @default false */
  readonly hasFastPath?: boolean;
  /** What is done about digests, and what they list. @default - digests are skipped */
  readonly digests?: Digests;
  /** Tells the operator what became of one announced object or of one notification. */
  readonly report: (report: Report) => void;
}

/** An object that is there, and not read yet. */
export interface OpenObject {
  /** In bytes. */
  readonly size: number;
  /** The whole object, as it lies there. */
  readonly read: (signal: AbortSignal) => Promise<Uint8Array>;
}

/** What the handling of one message goes by. */
export interface Handling {
  readonly effects: Effects;
  readonly inFlight: InFlight;
  readonly account: Account;
}

/** Objects are opened by number, and read by the size that opening them tells: notifications do not always know it. */
export interface InFlight {
  readonly open: Bounded;
  readonly read: Bounded;
}

/** Tells what became of one log file. */
export type Tell = ReturnType<Account['receive']>;

/** Why a log file is judged: it was announced, a call in it came earlier than was known, or a digest lists it. */
export type Pass = 'first' | 'again' | 'check';

/**
 * Judges what a log file holds.
 * @returns why alerts could not be published, and why later log files could not be scanned again
 */
export type Judge = (
  logFile: LogFileRef,
  content: LogFileContent,
  tell: Tell,
  handling: Handling,
  pass: Pass,
) => Promise<readonly unknown[]>;

export const withoutEnd: TimeForOne = (work) => work(new AbortController().signal);

/** How the records of a log file are read: until `signal` is aborted. */
export const readingWith = ({ narrowing }: Pick<Effects, 'narrowing'>, signal: AbortSignal) =>
  ({
    others: WATCHED_CALLS,
    ...(narrowing && { narrowing }),
    signal,
  }) satisfies ReadOptions;
