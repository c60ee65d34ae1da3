import { gzipSync } from 'node:zlib';
import { recordsOf, type Variant } from '../../../bench/corpus';
import { OTHER_CALLS } from '../../../bench/other-calls';
import { randomFrom } from '../../../bench/random';
import { readRecords, type OtherCalls } from '../../../core/log-file';
import { machine } from '../../../core/log-file/simd-machine';

const SIZES = [100_000, 400_000, 1_600_000];

/** What reading a log file takes, in things that can be counted. */
interface Work {
  readonly rawBytes: number;
  /** That the search goes through: by `find`, and by `walk`. */
  readonly searched: number;
  readonly parses: number;
  readonly parsed: number;
}

/** Counts what the module is asked to look at, and what is parsed. */
async function workOf(file: Buffer, options: { others?: OtherCalls; streamAbove?: number }): Promise<Work> {
  const module = machine();
  if (!module) throw new Error('there is no WebAssembly here');
  let searched = 0;
  const { find, walk } = module;
  const counted = {
    find: (at: number, end: number, limit: number) => {
      searched += limit - at;
      return find(at, end, limit);
    },
    walk: (end: number) => {
      searched += end - 0x8040;
      return walk(end);
    },
  };
  Object.assign(module, counted);
  const parse = jest.spyOn(JSON, 'parse');
  try {
    // Asked with an object of its own, or a search from before would go on with what it has.
    const { rawBytes } = await readRecords(file, { ...options, others: { ...options.others } });
    const parsed = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    return { rawBytes, searched, parses: parse.mock.calls.length, parsed };
  } finally {
    parse.mockRestore();
    Object.assign(module, { find, walk });
  }
}

async function worksOf(variant: Variant, options = {}): Promise<readonly Work[]> {
  const works: Work[] = [];
  for (const size of SIZES) {
    const json = `{"Records":[${recordsOf(size, variant, randomFrom(size)).join(',')}]}`;
    works.push(await workOf(gzipSync(json, { level: 1 }), options));
  }
  return works;
}

/** How the count grows with the file: 1 where it doubles as the file does. */
function exponent(works: readonly Work[], count: 'searched' | 'parses' | 'parsed'): number {
  const [first, last] = [works.at(0), works.at(-1)];
  if (!first || !last) return Number.NaN;
  return Math.log(last[count] / first[count]) / Math.log(last.rawBytes / first.rawBytes);
}

describe.each<[string, Variant, { others?: OtherCalls; streamAbove?: number }, number]>([
  ['without a record of ours', 'es0', {}, 1],
  ['of a busy account, with calls of other services asked for', 'busy', { others: OTHER_CALLS }, 1],
  ['with a record of ours in a hundred', 'es1', {}, 2],
  ['with a record of ours in a hundred, in pieces', 'es1', { streamAbove: 1 }, 1],
])('a log file %s', (_, variant, options, times) => {
  test('is searched as it grows, and parsed as far as it is ours', async () => {
    const works = await worksOf(variant, options);
    expect(exponent(works, 'searched')).toBeLessThanOrEqual(1.1);
    for (const { searched, rawBytes } of works) expect(searched / rawBytes).toBeLessThanOrEqual(times * 1.02);
    const ours = variant === 'es1' ? 0.01 : 0;
    for (const { parsed, rawBytes } of works) expect(parsed / rawBytes).toBeLessThanOrEqual(ours * 3);
    if (ours === 0) return;
    expect(exponent(works, 'parses')).toBeLessThanOrEqual(1.1);
    expect(exponent(works, 'parsed')).toBeLessThanOrEqual(1.1);
  });
});
