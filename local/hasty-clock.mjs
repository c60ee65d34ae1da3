/**
 * Time that goes LOCAL_TIMES_FASTER: for a function that is to wait for what takes AWS minutes. The same time in every process
 * of a run, so that the claims of one run out for another. Loaded before the function; what lasts less than a second of its
 * time is not hurried below what this machine needs.
 */
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import timers from 'node:timers';
import promises from 'node:timers/promises';

/** Milliseconds of this machine's time: nothing is a timeout that is only a busy machine. */
const SHORTEST_TIMEOUT = 250;

const factor = Number(process.env.LOCAL_TIMES_FASTER);
const start = Number(process.env.LOCAL_CLOCK_START);
const realNow = Date.now.bind(Date);

const hastened = (milliseconds) =>
  milliseconds >= 1000 ? Math.max(milliseconds / factor, SHORTEST_TIMEOUT) : milliseconds / factor;

/** What is left until `deadline` of this machine's clock, in the function's own time. */
export const remainingUntil = (deadline) => (deadline - realNow()) * factor;

Date.now = () => Math.round(start + (realNow() - start) * factor);

const { setTimeout: realSetTimeout } = timers;
const hastySetTimeout = (work, milliseconds = 0, ...given) => realSetTimeout(work, hastened(milliseconds), ...given);
globalThis.setTimeout = hastySetTimeout;
timers.setTimeout = hastySetTimeout;

const { setTimeout: realSleep } = promises;
promises.setTimeout = (milliseconds = 0, ...given) => realSleep(hastened(milliseconds), ...given);

const { setTimeout: realSocketTimeout } = net.Socket.prototype;
net.Socket.prototype.setTimeout = function (milliseconds, whenOver) {
  return realSocketTimeout.call(this, hastened(milliseconds), whenOver);
};

syncBuiltinESMExports();
