import path from 'node:path';
import { isCalledAsLogFile, placeOf, readDigest, type PublicKeys, type SeenLogFile } from '../../core/digest';
import { textOfError } from '../../core/base/error-text';
import { memberOf, textOf } from '../../core/base/members';
import { noteMore, type Console } from '../console';
import { progressOn } from '../progress';
import { filesUnder, type Source } from '../sources/paths';
import { isAsked, type Asked, type Delivered, type FoundDigest, type Unread } from './delivered';
import { seenAs } from './seen';

/** What `aws s3api head-object` answered about a digest is kept under its name and this. */
const METADATA = '.metadata.json';

/**
 * What lies under paths. Files are known by their names, which CloudTrail gives no two of: no path that a digest names is
 * opened.
 */
export async function deliveredInFolder(
  paths: readonly string[],
  asked: Asked,
  keys: PublicKeys | undefined,
  console: Console,
): Promise<Delivered> {
  const { sources, unreadable } = filesUnder(paths, []);
  const unread: Unread[] = unreadable.map(({ name, error }) => ({ name, why: textOfError(error) }));
  const digests: FoundDigest[] = [];
  const seen = new Map<string, SeenLogFile[]>();
  const signatures = new Map<string, string>();
  const progress = progressOn(console, 'files', sources.length);

  async function read(source: Source): Promise<void> {
    const { name } = source;
    const file = path.basename(name);
    if (file.endsWith(METADATA)) {
      const signature = signatureIn(JSON.parse(Buffer.from(await source.read()).toString('utf8')));
      if (signature !== undefined) signatures.set(uncompressed(file.slice(0, -METADATA.length)), signature);
    } else if (placeOf(file) !== undefined) {
      const digest = readDigest(await source.read());
      const isMoved = uncompressed(path.posix.basename(digest.key)) !== uncompressed(file);
      if (isAsked(digest, asked)) digests.push({ digest, name, isMoved });
    } else if (isCalledAsLogFile(file)) {
      const one = await seenAs(name, await source.read());
      seen.set(uncompressed(file), [...(seen.get(uncompressed(file)) ?? []), one]);
    } else noteMore(console, `${name}: left out by its name`);
  }

  for (const [at, source] of sources.entries()) {
    progress.show(at);
    try {
      await read(source);
    } catch (error) {
      unread.push({ name: source.name, why: textOfError(error) });
    }
  }
  progress.clear();
  return {
    digests: digests.map((found) => {
      const signature = signatures.get(uncompressed(path.basename(found.name)));
      return { ...found, ...(signature !== undefined && { signature }) };
    }),
    seenOf: ({ key }) => seen.get(uncompressed(path.posix.basename(key))) ?? [],
    names: [...seen.values()].flat().map(({ name }) => name),
    unread,
    ...(keys && { keys }),
    ...(asked.from !== undefined && { since: asked.from }),
    ...(asked.to !== undefined && { until: asked.to }),
  };
}

/** Files are often kept decompressed; their content is the same. */
const uncompressed = (file: string): string => file.replace(/\.gz$/, '');

const signatureIn = (head: unknown): string | undefined => textOf(memberOf(head, 'Metadata', 'signature'));
