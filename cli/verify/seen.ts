import { contentHash, type SeenLogFile } from '../../core/digest';

/** What was read as a log file. What cannot be inflated is not what CloudTrail delivered. */
export async function seenAs(name: string, bytes: Uint8Array): Promise<SeenLogFile> {
  return { name, hash: await contentHash(bytes).catch(() => undefined) };
}
