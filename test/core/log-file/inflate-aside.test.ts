import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { inflate, inflateAside } from '../../../core/log-file';

const MIB = 1024 * 1024;

/** Random, so that it stays large when it is compressed, and is handed over. */
const raw = randomBytes(MIB);
const gzip = gzipSync(raw);
const replaced = (at: number): Buffer => Buffer.from(gzip.with(at, (gzip[at] ?? 0) ^ 1));

test.each<[string, Buffer, number]>([
  ['a whole file', gzip, 2 * MIB],
  ['one as large as may be', gzip, MIB],
  ['one that is larger', gzip, MIB - 1],
  ['one that claims to be smaller, and is larger', Buffer.concat([gzip, gzipSync('small')]), MIB / 2],
  ['several in one', Buffer.concat([gzip, gzip]), 4 * MIB],
  ['what is compressed twice', gzipSync(gzip), 2 * MIB],
  ['what is compressed three times', gzipSync(gzipSync(gzip)), 2 * MIB],
  ['zeros behind it', Buffer.concat([gzip, Buffer.alloc(100)]), 2 * MIB],
  ['a text behind it', Buffer.concat([gzip, Buffer.alloc(100), Buffer.from('text')]), 2 * MIB],
  ['one that is cut short', gzip.subarray(0, -100), 2 * MIB],
  ['one that is damaged', replaced(5000), 2 * MIB],
  ['one with another checksum', replaced(gzip.length - 6), 2 * MIB],
  ['no gzip', raw.fill('{', 0, 1), 2 * MIB],
  ['no gzip, and larger', raw, MIB - 1],
  ['a small file', gzipSync('{"Records":[]}'), 2 * MIB],
  ['nothing', Buffer.alloc(0), 2 * MIB],
])('inflated aside, %s is what it is otherwise', async (_, bytes, maxBytes) => {
  expect(await outcomeOf(() => inflateAside(bytes, maxBytes))).toEqual(await outcomeOf(() => inflate(bytes, maxBytes)));
});

async function outcomeOf(work: () => Promise<Buffer | undefined> | Buffer | undefined) {
  try {
    return { bytes: (await work())?.toString('base64') };
  } catch (error) {
    return { error: String(error) };
  }
}
