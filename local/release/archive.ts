import { zipSync, type Zippable } from 'fflate';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The earliest day an archive can tell: the same files are the same archive on any day. */
const NO_DAY = new Date(1980, 0, 1);

/** Read by everybody, as Lambda asks for, in the bits of Unix. */
const MODE = 0o100644 << 16;

/** The files of `folder`, and of the folders in it, as a ZIP archive, byte for byte the same for the same files. */
export function archiveOf(folder: string): Uint8Array {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
  return archiveWith(
    new Map(names.map((name) => [name.split(path.sep).join('/'), readFileSync(path.join(folder, name))])),
  );
}

/** An archive of files by their names in it. */
export function archiveWith(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, bytes] of files) entries[name] = [bytes, { mtime: NO_DAY, os: 3, attrs: MODE, level: 9 }];
  return zipSync(entries);
}
