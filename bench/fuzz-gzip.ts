import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readRecords } from '../core/log-file';
import { fuzzCase } from './fuzz-cases';
import { plainReading } from './fuzz-readings';
import { type Random, randomFrom } from './random';

/** How reading case `index` of `seed`, compressed and then damaged or not, differs from the plain reading. */
export async function gzipMismatchIn(seed: number, index: number): Promise<string | undefined> {
  const random = randomFrom(seed, index, 1);
  const { json, layout, others } = fuzzCase(seed, index);
  const file = compressed(random, json);
  const intact = uncompressed(file);
  const truth = intact === undefined ? 'invalid' : plainReading(intact, others);
  for (const streamAbove of [undefined, 1]) {
    try {
      const { records, otherRecords } = await readRecords(file, {
        others,
        ...(streamAbove !== undefined && { streamAbove }),
      });
      if (intact === undefined) return `seed ${seed} case ${index}: damaged gzip data was read`;
      // Of what is not JSON, records may be read all the same.
      if (truth === 'invalid') continue;
      const expected = truth === 'no list' ? { records: [], otherRecords: [] } : truth;
      if (!isDeepStrictEqual({ records, otherRecords }, expected))
        return `seed ${seed} case ${index}: wrong records from gzip data`;
    } catch (error) {
      const refusable = typeof truth === 'string' || (streamAbove !== undefined && layout === 'unusual');
      if (!refusable) return `seed ${seed} case ${index}: intact gzip data gave an error (${String(error)})`;
    }
  }
  return undefined;
}

/** A wrong ISIZE, a flipped bit and most garbage are damage; members, zero padding and second layers are not. */
function compressed(random: Random, json: Buffer): Buffer {
  const gzip = gzipSync(json, { level: random.pick([1, 6, 9]) });
  const at = random.below(json.length + 1);
  return random.pick([
    () => gzip,
    () => gzipSync(gzip),
    () => json,
    () => Buffer.concat([gzipSync(json.subarray(0, at)), gzipSync(json.subarray(at))]),
    () => Buffer.concat([gzip, gzip]),
    () => gzip.subarray(0, random.below(gzip.length)),
    () => Buffer.concat([gzip, Buffer.alloc(1 + random.below(600))]),
    () =>
      Buffer.concat([
        gzip,
        Buffer.from(random.pick(['x', '\x1f', '\x1f\x8b', 'garbage', '\x1f\x8b\x08\0\0\0\0']), 'latin1'),
      ]),
    () => withByte(gzip, random.below(gzip.length), random.below(256)),
    () => withByte(gzip, gzip.length - 1 - random.below(4), random.below(256)),
  ])();
}

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = byte;
  return changed;
}

/** The JSON of `file` by zlib's plain defaults; undefined when zlib refuses it. */
function uncompressed(file: Buffer): Buffer | undefined {
  let json = file;
  try {
    while (json[0] === 0x1f && json[1] === 0x8b) json = gunzipSync(json);
  } catch {
    return undefined;
  }
  return json;
}
