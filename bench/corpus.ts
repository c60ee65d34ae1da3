import { gzipSync } from 'node:zlib';
import { BUSY_SHAPES } from './busy-shapes';
import { type Random, randomFrom } from './random';
import { domainUpdate, ES, type Fields, type List, manyInstances, policyFor, SHAPES, time, uuid } from './shapes';

/** Raw sizes, in bytes, of the log files the figures are taken from. */
const SIZES = { '50k': 50_000, '1m': 1_000_000, '10m': 10_000_000, '50m': 50_000_000 } as const;

export type Size = keyof typeof SIZES;

/**
 * `es0`: no record of ours, no mention of the service. `benign`: mentions of it in other services' records, as in every
 * account that has a domain. `utf8`: tags outside ASCII. `dense`: the same calls over and over, which compress 14:1.
 * `busy`: an account that deploys all day, watches its trails and changes its roles. `es1`: one record in a hundred is
 * ours.
 */
export type Variant = 'es0' | 'benign' | 'utf8' | 'dense' | 'busy' | 'es1';

export interface LogFile {
  readonly name: string;
  /** As it lies in the bucket. */
  readonly gzip: Buffer;
  readonly rawBytes: number;
  readonly records: number;
}

/** The log file of a size and a variant: the same on every machine. */
export function logFile(size: Size, variant: Variant): LogFile {
  return toLogFile(`${size} ${variant}`, recordsOf(SIZES[size], variant, randomFrom(SIZES[size])));
}

export function toLogFile(name: string, records: readonly string[]): LogFile {
  const json = Buffer.from(`{"Records":[${records.join(',')}]}`);
  return { name, gzip: gzipSync(json), rawBytes: json.length, records: records.length };
}

/** Records, as JSON, of about `bytes` bytes together. */
export function recordsOf(bytes: number, variant: Variant, random: Random): string[] {
  const records: string[] = [];
  for (let size = 0; size < bytes;) {
    const text = JSON.stringify(record(variant, records.length, random));
    records.push(text);
    size += text.length + 1;
  }
  return records;
}

function record(variant: Variant, index: number, random: Random): Fields {
  if (variant === 'es1' && index % 100 === 10) return domainUpdate(random);
  if (variant === 'dense') return repeated(random);
  if (variant === 'busy') return random.pick(BUSY_SHAPES)(random);
  const shape = index % 400 === 200 ? manyInstances : random.pick(SHAPES);
  const fields = shape(random);
  if (variant === 'benign' && random.chance(0.02)) return mentioning(fields, random);
  if (variant === 'utf8' && random.chance(0.1)) return { ...fields, additionalEventData: { tags: random.pick(TAGS) } };
  return fields;
}

const TAGS: List<readonly string[]> = [['Zürich', 'façade'], ['東京', '本番'], ['Привет'], ['🚀 launch']];

/** The service acts for a caller, or is named where another service is configured. */
function mentioning(fields: Fields, random: Random): Fields {
  return random.pick<() => Fields>([
    () => ({ ...fields, sourceIPAddress: ES, userAgent: ES }),
    () => ({ ...fields, userIdentity: { type: 'AWSService', invokedBy: ES } }),
    () => ({ ...fields, requestParameters: { policyDocument: policyFor(ES) } }),
  ])();
}

/** A call of a kind made once more, with nothing new about it but when, and its ids. */
function repeated(random: Random): Fields {
  return {
    ...random.pick(SHAPES)(randomFrom(0)),
    eventTime: time(random),
    requestID: uuid(random),
    eventID: uuid(random),
  };
}
