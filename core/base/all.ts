/** All results, or the first failure once nothing is under way any more. */
export async function all<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const started = items.map(work);
  await Promise.allSettled(started);
  return Promise.all(started);
}
