import type { LogFileRef, Skipped } from '../core/notification';
import { checked, deviationOf, isGone, type Checked } from './check';
import { readingWith, withoutEnd, type Handling, type Judge, type Tell } from './handling';

/** Follows a digest; that it cannot be is told and returned. */
export async function failuresOfDigest(
  { bucket = '', key = '', versionId }: Skipped,
  tell: Tell,
  { effects, inFlight }: Handling,
): Promise<readonly unknown[]> {
  const digest = { bucket, key, ...(versionId !== undefined && { versionId }) };
  try {
    const followed = await inFlight.open(1, async () => effects.digests?.follow(digest));
    if (followed) tell({ outcome: 'followed', object: { bucket, key }, ...followed });
    return [];
  } catch (error) {
    tell({ outcome: 'failed', logFile: digest, error });
    return [error];
  }
}

/** Holds log files to the digest that lists them, and judges once more what is in them. They were sent in one message. */
export async function failuresOfListed(
  logFiles: readonly LogFileRef[],
  handling: Handling,
  judge: Judge,
): Promise<readonly unknown[]> {
  const [first] = logFiles;
  if (first?.listed === undefined) return [];
  const { digest } = first.listed;
  const tell = handling.account.receive();
  const counts = { intact: 0, missing: 0, altered: 0 };
  const failures = await Promise.all(
    logFiles.map((logFile) =>
      handling.inFlight.open(1, async () => {
        try {
          const { state, failures } = await checkLogFile(logFile, handling, judge);
          counts[state] += 1;
          return failures;
        } catch (error) {
          return [error];
        }
      }),
    ),
  );
  const [error] = failures.flat();
  if (error === undefined) tell({ outcome: 'checked', digest: `s3://${digest.bucket}/${digest.key}`, ...counts });
  else tell({ outcome: 'failed', logFile: first, isAgain: true, error });
  return failures.flat();
}

/** @throws Error where it cannot be told whether the log file is as the digest lists it */
async function checkLogFile(
  listedFile: LogFileRef,
  handling: Handling,
  judge: Judge,
): Promise<Pick<Checked, 'state'> & { readonly failures: readonly unknown[] }> {
  const { effects, account } = handling;
  const { state, content } = await readListed(listedFile, handling);
  const deviation = deviationOf(listedFile, state);
  if (deviation) await effects.digests?.tell(deviation);
  if (content === undefined || content.records.length + content.otherRecords.length === 0)
    return { state, failures: [] };
  // The history keeps where a call was found: there it is a log file like any other.
  const logFile = { bucket: listedFile.bucket, key: listedFile.key };
  const tell = account.receive({ logFile, isAgain: true });
  try {
    return { state, failures: await judge(logFile, content, tell, handling, 'check') };
  } catch (error) {
    tell({ outcome: 'failed', logFile, isAgain: true, error });
    return { state, failures: [error] };
  }
}

async function readListed(logFile: LogFileRef, { effects, inFlight }: Handling): Promise<Checked> {
  const { timeForOne = withoutEnd } = effects;
  const object = await timeForOne((signal) => effects.openObject(logFile, signal)).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  return inFlight.read(object?.size ?? 0, () =>
    timeForOne(async (signal) => checked(logFile, await object?.read(signal), readingWith(effects, signal))),
  );
}
