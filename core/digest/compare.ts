import type { ListedLogFile } from './digest';

/** A log file that was read. */
export interface SeenLogFile {
  /** As it is told to people. */
  readonly name: string;
  /** SHA-256 of its content, in hex; `undefined` where it has none that can be inflated whole. */
  readonly hash: string | undefined;
}

/** What became of the log files that digests list. */
export interface Compared {
  /** Those that are there as CloudTrail delivered them. */
  readonly intact: readonly ListedLogFile[];
  /** Those that are not there. */
  readonly missing: readonly ListedLogFile[];
  /** Those that are there with another content, copies of an intact one too. */
  readonly altered: readonly { readonly listed: ListedLogFile; readonly seen: SeenLogFile }[];
}

/**
 * @param seenOf what was read under the name of a listed log file; empty where it is not there, `undefined` where it could
 *   not be looked at, so that nothing is said of it
 */
export function compared(
  listed: readonly ListedLogFile[],
  seenOf: (logFile: ListedLogFile) => readonly SeenLogFile[] | undefined,
): Compared {
  const found = listed.flatMap((logFile) => {
    const seen = seenOf(logFile);
    return seen ? [{ logFile, seen }] : [];
  });
  return {
    intact: found
      .filter(({ logFile, seen }) => seen.some(({ hash }) => hash === logFile.hash))
      .map(({ logFile }) => logFile),
    missing: found.filter(({ seen }) => seen.length === 0).map(({ logFile }) => logFile),
    altered: found.flatMap(({ logFile, seen }) =>
      seen.filter(({ hash }) => hash !== logFile.hash).map((one) => ({ listed: logFile, seen: one })),
    ),
  };
}
