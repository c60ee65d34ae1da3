/** Does `work` on one object. Its signal is aborted when the time is up; the work must end then. */
export type TimeForOne = <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;

/** @param ended aborted when the invocation ends, whose work must not go on in the next one */
export function timeForOne(milliseconds: () => number, ended: AbortSignal): TimeForOne {
  return async (work) => {
    const overdue = new AbortController();
    const most = milliseconds();
    const timer = setTimeout(() => overdue.abort(), most);
    try {
      return await work(AbortSignal.any([ended, overdue.signal]));
    } catch (cause) {
      if (!overdue.signal.aborted) throw cause;
      throw new Error(`log file takes longer than the ${Math.round(most / 1000)} seconds there are for one`, { cause });
    } finally {
      // The body of an opened object is still to be read.
      clearTimeout(timer);
    }
  };
}
