import type { OtherCalls } from './content';

/**
 * Looks through the JSON of a log file, without parsing it, for the records that are wanted: those of the service, and
 * the `OtherCalls` that were asked for.
 */
export interface Search {
  readonly others: OtherCalls;
  /**
   * False only when no object in `json`, however it is spelled, is such a record. True is a guess: what other records
   * hold may look like one.
   */
  mayHold(json: Buffer): boolean;
  /**
   * A walk through a list, to begin behind its opening bracket.
   * @param elements `wanted` leaves out those that are no such record, as far as that can be told in passing
   */
  walk(elements: 'wanted' | 'all'): Walk;
}

/** Follows a JSON list through pieces that are cut anywhere, by its strings and brackets alone: it checks nothing else. */
export type Walk = (piece: Buffer, take: TakeElement) => Step;

/**
 * Hears of the objects and lists among the elements that end in the piece.
 * @param start index in the piece; negative where it began in an earlier one
 * @param end index of what is behind it
 * @param isDeep whether it is nested deeper than `DEEPEST` levels
 */
export type TakeElement = (start: number, end: number, isDeep: boolean) => void;

/** Where a walk is at the end of a piece. */
export interface Step {
  /** Where the element began that goes on in the next piece, as in `TakeElement`; `undefined` between elements. */
  readonly openAt: number | undefined;
  /** Whether that element is nested deeper than `DEEPEST` levels already. */
  readonly isDeep: boolean;
  /** Index of the bracket that closes the list, where the walk is over; `undefined` where it goes on. */
  readonly closedAt: number | undefined;
}

/** Levels of a record. The API nests a handful; what is nested by the thousand was made to exhaust a reader's memory. */
export const DEEPEST = 1000;

/** Characters of the longest event source or name of a call that can be searched for; search.wat looks no further. */
export const LONGEST_NAME = 128;

/** @throws Error when `name`, an event source or the name of a call, is none that JSON always spells the same way */
export function searchable(name: string): string {
  if (/^[\w.-]+$/.test(name) && name.length <= LONGEST_NAME) return name;
  throw new Error(
    `call to search for is ${JSON.stringify(name)}, allowed: up to ${LONGEST_NAME} letters, digits, ., - and _`,
  );
}
