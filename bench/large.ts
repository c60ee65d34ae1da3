import { constants, crc32, deflateRawSync } from 'node:zlib';
import { readAlone, writeTemporary } from './children';
import { recordsOf } from './corpus';
import type { Figure } from './figure';
import { randomFrom } from './random';

const MB = 1_000_000;

/** Files too large to be held: one that is legal, and bombs. Those of 6.3 GB claim to be 2 GB, which would be legal. */
export function largeFigures(quick: boolean): Figure[] {
  const bombs = quick
    ? [bombFigure(6.3, 'of spaces', ' ')]
    : [bombFigure(6.3, 'of spaces', ' '), bombFigure(6.3, 'of records', RECORD), bombFigure(50, 'of records', RECORD)];
  return [...largestFigures(quick ? 150 : 600), ...bombs];
}

function largestFigures(megabytes: number): Figure[] {
  // Each record twice, as in the files of the largest accounts: otherwise the file is above CloudTrail's 50 MB.
  const records = recordsOf(5 * MB, 'es1', randomFrom(600)).flatMap((record) => [record, record]);
  const block = Buffer.from(records.map((record) => `${record},`).join(''));
  const blocks = Math.ceil((megabytes * MB) / block.length);
  const gzip = repeatedGzip('{"Records":[', block, blocks, '{}]}', true);
  const outcome = readAlone('shipped', writeTemporary('largest.json.gz', gzip));
  const what = `${megabytes} MB raw, ${(gzip.length / MB).toFixed(0)} MB compressed`;
  if ('error' in outcome) throw new Error(`${what} cannot be read: ${outcome.error}`);
  const expected = records.filter((record) => record.includes('"eventSource":"es.amazonaws.com"')).length * blocks;
  const { milliseconds, peak, records: found } = outcome.reading;
  if (found !== expected) throw new Error(`${what}: found ${found} records, not ${expected}`);
  return [
    {
      what: `peak memory, ${what}`,
      value: peak,
      unit: 'MB',
      target: { atMost: 512 },
      note: `all ${found} records found`,
    },
    { what: `time, ${what}`, value: milliseconds / 1000, unit: 's' },
  ];
}

const RECORD = '{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"GetObject"},';

function bombFigure(gigabytes: number, what: string, text: string): Figure {
  const block = Buffer.from(text.repeat(Math.ceil((10 * MB) / text.length)));
  const path = writeTemporary('bomb.json.gz', repeatedGzip('{"Records":[', block, gigabytes * 100, '{}]}', false));
  const start = performance.now();
  const outcome = readAlone('shipped', path);
  const seconds = (performance.now() - start) / 1000;
  if (!('error' in outcome)) throw new Error(`a bomb of ${gigabytes} GB was read`);
  return {
    what: `time, bomb of ${gigabytes} GB ${what}`,
    value: seconds,
    unit: 's',
    target: { atMost: 8 },
    note: outcome.error,
  };
}

/**
 * A gzip file of `head`, `times` times `block`, and `tail`, in the time it takes to compress `block` once: deflate data
 * that ends in a full flush can be laid end to end. Without `checked` the checksum is wrong.
 */
function repeatedGzip(head: string, block: Buffer, times: number, tail: string, checked: boolean): Buffer {
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const compressed = deflateRawSync(block, flush);
  let checksum = crc32(head);
  for (let index = 0; checked && index < times; index++) checksum = crc32(block, checksum);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checked ? crc32(tail, checksum) : 0, 0);
  trailer.writeUInt32LE((head.length + block.length * times + tail.length) % 2 ** 32, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    deflateRawSync(head, flush),
    ...Array.from({ length: times }, () => compressed),
    deflateRawSync(tail),
    trailer,
  ]);
}
