import { catchesOf, mismatchesIn } from '../../../bench/fuzz-figures';

test.each([1, 2, 3, 4])(
  '2,500 generated files, by either search, whole and in pieces, are read as JSON.parse and a filter read them (seed %i)',
  async (seed) => {
    expect(await mismatchesIn(seed, 0, 2_500)).toEqual([]);
  },
  60_000,
);

test('the generated files catch each reading that looks right and is not', () => {
  const caught = Object.entries(catchesOf(1, 1_000));
  expect(caught).toHaveLength(4);
  expect(caught.filter(([, times]) => times < 5)).toEqual([]);
});
