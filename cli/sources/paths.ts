import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** Something to read records from. */
export interface Source {
  /** As it is told to people. */
  readonly name: string;
  /** It was asked for by its own name, and not found in a folder. */
  readonly isNamed: boolean;
  /** The path of the file that reading it reads. @default - it is no file */
  readonly file?: string;
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
export function filesUnder(paths: readonly string[], include: readonly string[]): Found {
  const sources: Source[] = [];
  const unreadable: { name: string; error: unknown }[] = [];
  const leftOut: string[] = [];
  const seenFolders = new Set<string>();
  const isWanted = include.length === 0 ? (name: string) => LOG_FILE_NAME.test(name) : namesLike(include);

  /** @param root the folder it was found in; none for what was named outright */
  function visit(at: string, root: string | undefined): void {
    try {
      const found = statSync(at);
      if (found.isDirectory()) visitFolder(at, root ?? at);
      else if (root === undefined) sources.push(fileAt(at, true));
      else visitFile(at, root, found.isFile());
    } catch (error) {
      unreadable.push({ name: at, error });
    }
  }

  function visitFolder(at: string, root: string): void {
    // A link may lead back to a folder above it.
    const folder = realpathSync(at);
    if (seenFolders.has(folder)) return;
    seenFolders.add(folder);
    const entries = readdirSync(at, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path.join(at, entry.name);
      // What a link leads to, its name does not tell; of thousands of files, nothing else is asked.
      if (entry.isFile()) visitFile(inside, root, true);
      else visit(inside, root);
    }
  }

  function visitFile(at: string, root: string, isFile: boolean): void {
    if (!isWanted(path.relative(root, at))) leftOut.push(at);
    // A pipe, say, would be waited for.
    else if (isFile) sources.push(fileAt(at, false));
    else unreadable.push({ name: at, error: new Error('is neither a file nor a folder') });
  }

  for (const at of paths) visit(at, undefined);
  return { sources, unreadable, leftOut };
}

const fileAt = (at: string, isNamed: boolean): Source => ({
  name: at,
  isNamed,
  file: at,
  read: () => readFileSync(at),
});

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
