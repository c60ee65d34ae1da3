/** What `work` makes of an object, worked out once, and kept as long as the object is in use. */
export function once<A extends object, Result>(work: (a: A) => Result): (a: A) => Result {
  const results = new WeakMap<A, Result>();
  return (a) => {
    const known = results.get(a);
    if (known !== undefined) return known;
    const result = work(a);
    results.set(a, result);
    return result;
  };
}

/** The same of two objects, for each pair. */
export function oncePerPair<A extends object, B extends object, Result>(work: (a: A, b: B) => Result) {
  const ofFirst = once((a: A) => once((b: B) => work(a, b)));
  return (a: A, b: B): Result => ofFirst(a)(b);
}
