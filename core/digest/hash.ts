import { createHash } from 'node:crypto';
import { inflateInPieces } from '../log-file';

/** As large as a log file may be. */
const MOST_BYTES = 2048 * 1024 * 1024;

/**
 * SHA-256, in hex, of what a file holds uncompressed: what digests list of log files.
 * @throws Error when it cannot be inflated whole
 */
export async function contentHash(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of inflateInPieces(bytes, MOST_BYTES)) hash.update(piece);
  return hash.digest('hex');
}
