import { isObject, textOf } from '../base/members';

/** What a digest says of a log file that it lists. */
export interface Listing {
  /** SHA-256 of the content, in hex. */
  readonly hash: string;
  readonly digest: DigestRef;
}

/** The digest that lists a log file. */
export interface DigestRef {
  readonly bucket: string;
  readonly key: string;
  /** The end of its hour. */
  readonly end: string;
}

/** A log file, as a digest lists it. */
interface Listed {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
}

/** Read and tried again together: few, as one may be large, and enough that the queue costs little. */
const LOG_FILES_A_MESSAGE = 10;

/** What the function sends to its own queue, to have log files read and held to the digest that lists them. */
export function toListedMessages({ bucket, key, end }: DigestRef, logFiles: readonly Listed[]): readonly string[] {
  return Array.from({ length: Math.ceil(logFiles.length / LOG_FILES_A_MESSAGE) }, (_, at) =>
    JSON.stringify({
      digest: { bucket, key, end },
      listed: logFiles
        .slice(at * LOG_FILES_A_MESSAGE, (at + 1) * LOG_FILES_A_MESSAGE)
        .map((one) => ({ bucket: one.bucket, key: one.key, hash: one.hash })),
    }),
  );
}

/** What `toListedMessages` wrote; `undefined` for anything else. */
export function listedIn(
  message: Readonly<Record<string, unknown>>,
): readonly (Omit<Listed, 'hash'> & { readonly listed: Listing })[] | undefined {
  const { listed, digest } = message;
  if (!Array.isArray(listed) || !isObject(digest)) return undefined;
  const place = placeIn(digest);
  const end = textOf(digest['end']);
  const found = (listed as readonly unknown[]).map((one) => {
    const at = placeIn(one);
    const hash = isObject(one) ? textOf(one['hash']) : undefined;
    return at && hash !== undefined && place && end !== undefined
      ? { ...at, listed: { hash, digest: { ...place, end } } }
      : undefined;
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

function placeIn(value: unknown): { readonly bucket: string; readonly key: string } | undefined {
  const [bucket, key] = isObject(value) ? [textOf(value['bucket']), textOf(value['key'])] : [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
