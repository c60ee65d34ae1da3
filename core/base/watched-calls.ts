import type { Calls } from './event-source';

/** The calls of other services that are judged as well: those that could blind the monitor. */
export const WATCHED_CALLS: Calls = {};
