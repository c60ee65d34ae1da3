import { exponentOf, GROWING } from '../../../bench/growing';
import { operationCounter } from '../../support/operations';

const operations = operationCounter();

afterAll(() => operations.end());

test.each(Object.entries(GROWING))('%s cost as many operations as there are of them', async (_, { sizes, workOn }) => {
  const [few, many] = [sizes[0], sizes.at(-1)].map((size = 0) => ({ size, work: workOn(size) }));
  const counts = [];
  // What is worked out once, whatever is asked, is not counted.
  await few?.work();
  for (const each of [few, many]) counts.push(await operations.during(async () => each?.work()));
  expect(counts[0]).toBeGreaterThan(0);
  expect(exponentOf([few?.size ?? 0, many?.size ?? 0], counts)).toBeLessThanOrEqual(1.1);
});
