import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readInput } from '../../../core/export';
import { inflate, readRecords, release } from '../../../core/log-file';

const ours = { eventSource: 'es.amazonaws.com', eventName: 'DeleteDomain' };
const others = Array.from({ length: 20_000 }, (_, at) => ({ eventSource: 's3.amazonaws.com', eventID: `${at}` }));
const json = JSON.stringify({ Records: [...others, ours] });
const gzip = gzipSync(json);

/** Whichever way the memory is given back on this Node.js, and on one without `transfer`. */
describe.each([true, false])('with ArrayBuffer.prototype.transfer as it is: %s', (isAsItIs) => {
  const { transfer } = ArrayBuffer.prototype as { transfer?: unknown };

  beforeAll(() => {
    if (!isAsItIs) Object.assign(ArrayBuffer.prototype, { transfer: undefined });
  });
  afterAll(() => {
    if (!isAsItIs) Object.assign(ArrayBuffer.prototype, { transfer });
  });

  test('what was inflated has no bytes any more, and neither has a view of it', () => {
    const inflated = inflate(gzip, json.length) ?? Buffer.alloc(0);
    const view = inflated.subarray(100);
    expect(inflated.length).toBe(json.length);
    release(inflated);
    expect([inflated.length, view.length]).toEqual([0, 0]);
  });

  test('log files that were read leave no memory to collect', async () => {
    await readRecords(gzip);
    const before = process.memoryUsage().arrayBuffers;
    for (let file = 0; file < 10; file++) expect((await readRecords(gzip)).records).toEqual([ours]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(json.length);
  });

  test('neither do log files that cannot be read', async () => {
    const damaged = gzipSync(json.slice(0, -100));
    await expect(readRecords(damaged)).rejects.toThrow('log file is not JSON');
    const before = process.memoryUsage().arrayBuffers;
    for (let file = 0; file < 10; file++) await expect(readRecords(damaged)).rejects.toThrow('log file is not JSON');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(json.length);
  });

  test('bytes that are JSON stay with whoever has them', async () => {
    const bytes = Buffer.from(json);
    expect((await readRecords(bytes)).records).toEqual([ours]);
    expect((await readInput(bytes)).records).toEqual([ours]);
    expect(bytes.toString()).toBe(json);
  });

  test('files that are given up are given back as well, those that cannot be read among them', async () => {
    const files = [Buffer.from(json), gzipSync(randomBytes(10_000), { level: 0 }), Buffer.from(json.slice(0, -100))];
    const read = files.map((file) => readInput(file, {}, { isGivenUp: true }));
    expect((await read[0])?.records).toEqual([ours]);
    await expect(read[1]).rejects.toThrow('no CloudTrail record in it');
    await expect(read[2]).rejects.toThrow('cut short or damaged');
    expect(files.map(({ length }) => length)).toEqual([0, 0, 0]);
    expect((await readInput(gzip)).records).toEqual([ours]);
    expect(gunzipSync(gzip).toString()).toBe(json);
  });

  test.each([1, 100, 1000, 4000, 5000, 20_000, 40_000, 70_000])(
    'a file of %i bytes takes no memory from others',
    async (length) => {
      const small = JSON.stringify({ Records: [ours, { eventSource: 'x'.repeat(length) }] });
      const neighbours = Array.from({ length: 100 }, () => Buffer.allocUnsafe(100).fill('a'));
      expect((await readRecords(gzipSync(small))).records).toEqual([ours]);
      expect(neighbours.every((neighbour) => neighbour.toString() === 'a'.repeat(100))).toBe(true);
      expect(gunzipSync(gzip).toString()).toBe(json);
    },
  );
});
