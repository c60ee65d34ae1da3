/** Whether something holds; `undefined` where there is no telling. */
export type Truth = boolean | undefined;

/** One of them holds: one that does settles it. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}
