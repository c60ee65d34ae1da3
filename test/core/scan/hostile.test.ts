import { judgeText } from '../../../bench/hostile';
import { MEMBERS } from '../../../bench/hostile/members';
import { NAMES } from '../../../bench/hostile/names';
import { POLICIES } from '../../../bench/hostile/policies';
import { jsonOf } from '../../../bench/hostile/record';
import { TEXTS } from '../../../bench/hostile/texts';
import { WATCHED_CALLS } from '../../../bench/hostile/watched-calls';
import { operationCounter } from '../../support/operations';

const BYTES = 250_000;

const operations = operationCounter();

afterAll(() => operations.end());

describe('a record made to cost much', () => {
  // What regular expressions do is not counted: of tricks with texts the time is taken.
  test.each(Object.entries({ ...MEMBERS, ...POLICIES, ...NAMES, ...WATCHED_CALLS }))(
    'by %s costs in proportion to its size',
    (_, toRecord) => {
      const operationsOf = (bytes: number): number => {
        const json = jsonOf(toRecord(bytes), bytes);
        return operations.of(() => judgeText(json));
      };
      const [part, whole] = [operationsOf(BYTES / 4), operationsOf(BYTES)];
      expect(Math.log(whole / part) / Math.log(4)).toBeLessThanOrEqual(1.1);
      expect(whole / BYTES).toBeLessThanOrEqual(5);
    },
  );

  // Each takes hundredths of a second; a text that is looked through once for each of its letters takes half a minute.
  test.each(Object.entries({ ...TEXTS, ...NAMES, ...WATCHED_CALLS }))(
    'by %s is judged within two seconds of CPU',
    (_, toRecord) => {
      const json = jsonOf(toRecord(BYTES), BYTES);
      const start = process.cpuUsage();
      judgeText(json);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1e6).toBeLessThan(2);
    },
  );
});
