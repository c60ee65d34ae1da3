import { judgeText } from '../../../bench/hostile/judge-text';
import { MEMBERS } from '../../../bench/hostile/members';
import { NAMES } from '../../../bench/hostile/names';
import { POLICIES } from '../../../bench/hostile/policies';
import { asked, jsonOf } from '../../../bench/hostile/record';
import { TEXTS } from '../../../bench/hostile/texts';
import { WATCHED_CALLS } from '../../../bench/hostile/watched-calls';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { operationCounter } from '../../support/operations';

const BYTES = 250_000;

const MANY = Array.from({ length: 300 }, (_, at) => at);

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

describe('many settings', () => {
  const caller = (at: number): string => `arn:aws:iam::111122223333:role/*a*${at}`;
  const criteria = toCriteria({
    suppressions: MANY.map((at) => ({ caller: caller(at), reason: 'known', expires: '9999-12-31' })),
    trustedCallers: MANY.map(caller),
  });
  const operationsOf = (letters: number, more: object = {}): number => {
    const userIdentity = { type: 'IAMUser', arn: `arn:aws:iam::111122223333:role/${'a'.repeat(letters)}` };
    const record = { ...asked({ domainEndpointOptions: { enforceHTTPS: false }, ...more }), userIdentity };
    return operations.of(() => judge(record, criteria));
  };

  test('about callers cost no more of an endless ARN than of one that a caller may have', () => {
    expect(operationsOf(BYTES)).toBeLessThan(operationsOf(1900));
  });

  test('about callers are compared once for each call, whichever rules object', () => {
    const more = { nodeToNodeEncryptionOptions: { enabled: false }, encryptionAtRestOptions: { enabled: false } };
    expect(operationsOf(1900, more)).toBeLessThan(1.2 * operationsOf(1900));
  });
});
