import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** What was found under the paths given: files to read, and paths that cannot be. */
export interface Found {
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly error: unknown }[];
}

/** Inside a folder, names CloudTrail or people give to log files; a file named outright is read whatever its name. */
const LOG_FILE_NAME = /\.(json|gz)$/i;

/** The files under `paths`: a file is itself, a folder all log files in it and below, in the order of their names. */
export async function logFilesUnder(paths: readonly string[]): Promise<Found> {
  const files: string[] = [];
  const unreadable: { path: string; error: unknown }[] = [];
  const seenFolders = new Set<string>();

  async function visit(at: string, isNamed: boolean): Promise<void> {
    try {
      const found = await stat(at);
      if (!found.isDirectory()) {
        if (isNamed || (found.isFile() && LOG_FILE_NAME.test(at))) files.push(at);
        // A pipe, say, which would be waited for.
        else if (LOG_FILE_NAME.test(at))
          unreadable.push({ path: at, error: new Error('is neither a file nor a folder') });
        return;
      }
      // A link may lead back to a folder above it.
      const folder = await realpath(at);
      if (seenFolders.has(folder)) return;
      seenFolders.add(folder);
      for (const name of (await readdir(at)).sort()) await visit(path.join(at, name), false);
    } catch (error) {
      unreadable.push({ path: at, error });
    }
  }

  for (const at of paths) await visit(at, true);
  return { files, unreadable };
}
