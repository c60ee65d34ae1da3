import { cpus, loadavg } from 'node:os';

/**
 * How many times faster the function's time is to go than this machine's. On a busy machine what takes AWS a moment takes
 * seconds, which a clock that is too hasty takes for minutes.
 * @param most on a machine that has nothing else to do
 * @param least however busy it is
 */
export const timesFaster = (most: number, least: number): number =>
  Math.max(least, most / Math.max(1, (loadavg()[0] ?? 0) / cpus().length));
