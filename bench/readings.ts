import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { EVENT_SOURCE } from '../core/base/event-source';
import { readRecords } from '../core/log-file';

/** The ways to read a log file that the figures compare. */
export const READINGS = {
  /** Inflate and nothing else: below this nothing can be decided. */
  inflate: (gzip: Buffer): unknown => gunzipSync(gzip),
  /** The reading everyone would write first. */
  baseline: (gzip: Buffer): readonly unknown[] => ours(JSON.parse(gunzipSync(gzip).toString('utf8'))),
  /** The same off the main thread, as most functions do. */
  asyncBaseline: async (gzip: Buffer): Promise<readonly unknown[]> =>
    ours(JSON.parse((await promisify(gunzip)(gzip)).toString('utf8'))),
  /** What is shipped. */
  shipped: async (gzip: Buffer): Promise<readonly unknown[]> => (await readRecords(gzip)).records,
} as const;

export type ReadingName = keyof typeof READINGS;

function ours(document: { readonly Records: readonly { readonly eventSource?: unknown }[] }): readonly unknown[] {
  return document.Records.filter((record) => record.eventSource === EVENT_SOURCE);
}
