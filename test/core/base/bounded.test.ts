import * as fc from 'fast-check';
import { bounded } from '../../../core/base/bounded';

/** A task that ends when it is told to. */
function toTask() {
  let end: (fails: boolean) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (fails) => (fails ? reject(new Error('a task failed')) : resolve());
  });
  return { ended, end };
}

/** Lets everything that waits for nothing else go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const weights = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 25 });

test('never runs more tasks or more weight than its bounds, unless one task alone is heavier', async () => {
  await fc.assert(
    fc.asyncProperty(
      weights,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 10 }),
      fc.infiniteStream(fc.tuple(fc.nat(), fc.boolean())),
      async (given, maxTasks, maxWeight, choices) => {
        const run = bounded(maxTasks, maxWeight);
        const started: number[] = [];
        const running = new Map<number, (fails: boolean) => void>();
        const results = given.map((weight, at) =>
          run(weight, async () => {
            started.push(at);
            const { ended, end } = toTask();
            running.set(at, end);
            try {
              await ended;
            } finally {
              running.delete(at);
            }
            return at;
          }),
        );
        const outcomes = Promise.allSettled(results);
        for (await settled(); running.size > 0; await settled()) {
          const held = [...running.keys()].reduce((sum, at) => sum + (given[at] ?? 0), 0);
          expect(running.size).toBeLessThanOrEqual(maxTasks);
          expect(running.size === 1 || held <= maxWeight).toBe(true);
          const [choice = 0, fails = false] = choices.next().value ?? [];
          [...running.values()][choice % running.size]?.(fails);
        }
        // In the order they were given, all of them, whatever failed.
        expect(started).toEqual(given.map((_, at) => at));
        expect((await outcomes).map((outcome) => outcome.status === 'rejected' || outcome.value)).toEqual(
          (await outcomes).map((outcome, at) => outcome.status === 'rejected' || at),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('starts a task at once where there is room', async () => {
  const run = bounded(2, 10);
  const started: string[] = [];
  const [first, second, third] = [toTask(), toTask(), toTask()];
  const all = [
    run(4, () => (started.push('first'), first.ended)),
    run(4, () => (started.push('second'), second.ended)),
    run(1, () => (started.push('third'), third.ended)),
  ];
  await settled();
  expect(started).toEqual(['first', 'second']);
  second.end(false);
  await settled();
  expect(started).toEqual(['first', 'second', 'third']);
  first.end(false);
  third.end(false);
  await Promise.all(all);
});

test('a task that fails gives its room back and fails alone', async () => {
  const run = bounded(1, 1);
  await expect(run(1, () => Promise.reject(new Error('no such key')))).rejects.toThrow('no such key');
  await expect(run(1, () => Promise.resolve('done'))).resolves.toBe('done');
});

test('a task heavier than the bound runs, alone', async () => {
  const run = bounded(5, 10);
  const started: number[] = [];
  const tasks = [toTask(), toTask(), toTask()];
  const all = [1, 100, 1].map((weight, at) =>
    run(weight, async () => {
      started.push(at);
      await tasks[at]?.ended;
    }),
  );
  await settled();
  expect(started).toEqual([0]);
  tasks[0]?.end(false);
  await settled();
  expect(started).toEqual([0, 1]);
  tasks[1]?.end(false);
  await settled();
  expect(started).toEqual([0, 1, 2]);
  tasks[2]?.end(false);
  await Promise.all(all);
});
