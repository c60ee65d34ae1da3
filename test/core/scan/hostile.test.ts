import { judgeText } from '../../../bench/hostile';
import { MEMBERS } from '../../../bench/hostile/members';
import { POLICIES } from '../../../bench/hostile/policies';
import { jsonOf } from '../../../bench/hostile/record';
import { operationCounter } from '../../support/operations';

const BYTES = 250_000;

const operations = operationCounter();

afterAll(() => operations.end());

describe('a record made to cost much', () => {
  // What regular expressions do is not counted: tricks with texts are left to the bench.
  test.each(Object.entries({ ...MEMBERS, ...POLICIES }))('by %s costs in proportion to its size', (_, toRecord) => {
    const operationsOf = (bytes: number): number => {
      const json = jsonOf(toRecord(bytes), bytes);
      return operations.of(() => judgeText(json));
    };
    const [part, whole] = [operationsOf(BYTES / 4), operationsOf(BYTES)];
    expect(Math.log(whole / part) / Math.log(4)).toBeLessThanOrEqual(1.1);
    expect(whole / BYTES).toBeLessThanOrEqual(5);
  });
});
