/** Runs a task as soon as its weight fits beside what is running; tasks start in the order they were given. */
export type Bounded = <Result>(weight: number, task: () => Promise<Result>) => Promise<Result>;

/**
 * Bounds what runs at once by number and by weight together. A task heavier than `maxWeight` runs alone.
 * @param maxTasks at least 1
 * @param maxWeight in the unit of the tasks' weights
 */
export function bounded(maxTasks: number, maxWeight: number): Bounded {
  const waiting: { readonly weight: number; readonly start: () => void }[] = [];
  let tasks = 0;
  let weight = 0;

  function startThoseThatFit(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      const fits = tasks === 0 || (tasks < maxTasks && weight + next.weight <= maxWeight);
      if (!fits) return;
      waiting.shift();
      tasks += 1;
      weight += next.weight;
      next.start();
    }
  }

  return async (ownWeight, task) => {
    await new Promise<void>((start) => {
      waiting.push({ weight: ownWeight, start });
      startThoseThatFit();
    });
    try {
      return await task();
    } finally {
      tasks -= 1;
      weight -= ownWeight;
      startThoseThatFit();
    }
  };
}
