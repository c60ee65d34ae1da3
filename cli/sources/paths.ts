import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Something to read records from. */
export interface Source {
  /** As it is told to people. */
  readonly name: string;
  /** It was asked for by its own name, and not found in a folder. */
  readonly isNamed: boolean;
  /** Reading it waits for a network: others may be read meanwhile. @default false */
  readonly isFar?: boolean;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** What was found under the paths given. */
export interface Found {
  readonly sources: readonly Source[];
  readonly unreadable: readonly { readonly name: string; readonly error: unknown }[];
  /** Files in folders that are not read by their names. */
  readonly leftOut: readonly string[];
}

/** Inside a folder, names that CloudTrail or people give to log files; a file named outright is read whatever its name. */
const LOG_FILE_NAME = /\.(json|jsonl|ndjson|gz)$/i;

/**
 * The files under `paths`: a file is itself, a folder all log files in it and below, in the order of their names.
 * @param include what to read in folders instead of log files, each as `namesLike` takes it; none is no difference
 */
export async function filesUnder(paths: readonly string[], include: readonly string[]): Promise<Found> {
  const sources: Source[] = [];
  const unreadable: { name: string; error: unknown }[] = [];
  const leftOut: string[] = [];
  const seenFolders = new Set<string>();
  const isWanted = include.length === 0 ? (name: string) => LOG_FILE_NAME.test(name) : namesLike(include);

  async function visit(at: string, root: string | undefined): Promise<void> {
    try {
      const found = await stat(at);
      if (!found.isDirectory()) {
        const isNamed = root === undefined;
        if (!isNamed && !isWanted(path.relative(root, at))) leftOut.push(at);
        // A pipe, say, would be waited for.
        else if (!isNamed && !found.isFile()) {
          unreadable.push({ name: at, error: new Error('is neither a file nor a folder') });
        } else sources.push({ name: at, isNamed, read: () => readFileSync(at) });
        return;
      }
      // A link may lead back to a folder above it.
      const folder = await realpath(at);
      if (seenFolders.has(folder)) return;
      seenFolders.add(folder);
      for (const name of (await readdir(at)).sort()) await visit(path.join(at, name), root ?? at);
    } catch (error) {
      unreadable.push({ name: at, error });
    }
  }

  for (const at of paths) await visit(at, undefined);
  return { sources, unreadable, leftOut };
}

/**
 * Whether a path fits one of `globs`: `*` stands for anything but a slash, `**` for anything, `?` for one character. One
 * without a slash is about the name alone.
 */
function namesLike(globs: readonly string[]): (relative: string) => boolean {
  const patterns = globs.map((glob) => ({ isOfName: !glob.includes('/'), pattern: patternOf(glob) }));
  return (relative) => {
    const unixPath = relative.split(path.sep).join('/');
    return patterns.some(({ isOfName, pattern }) => pattern.test(isOfName ? path.posix.basename(unixPath) : unixPath));
  };
}

const GLOB_PARTS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function patternOf(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g, (part) => GLOB_PARTS[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`, 's');
}
