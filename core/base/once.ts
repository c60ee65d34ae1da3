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

/** What was worked out of an object with others: the first of them apart, as there is mostly but one. */
interface Pairs<B extends object, Result> {
  readonly first: B;
  readonly result: Result;
  others?: WeakMap<B, Result>;
}

/** The same of two objects, for each pair. */
export function oncePerPair<A extends object, B extends object, Result>(work: (a: A, b: B) => Result) {
  const results = new WeakMap<A, Pairs<B, Result>>();
  return (a: A, b: B): Result => {
    const pairs = results.get(a);
    if (pairs === undefined) {
      const result = work(a, b);
      results.set(a, { first: b, result });
      return result;
    }
    if (pairs.first === b) return pairs.result;
    const known = pairs.others?.get(b);
    if (known !== undefined) return known;
    const result = work(a, b);
    (pairs.others ??= new WeakMap()).set(b, result);
    return result;
  };
}
