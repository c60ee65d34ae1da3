import { gzipSync } from 'node:zlib';
import type { Figure } from './figure';
import { measure, ratio } from './measure';
import { randomFrom } from './random';
import { READINGS } from './readings';
import { recordsOf } from './corpus';
import { requireSameAnswer } from './time';

const BYTES = 10_000_000;
const ES = 'es.amazonaws.com';

/** Files made to be slow to search: what a stranger can put into a log file, and worse. */
const FILES: Readonly<Record<string, () => string>> = {
  'escaped letters outside the name': () => recordsWith('"a":"' + '\\u00e9'.repeat(300) + '"'),
  'escaped letters in keys': () => recordsWith(repeated('"\\u0065":1', 100)),
  'escaped letters of the name': () => recordsWith('"a":"' + '\\u0065'.repeat(300) + '"'),
  'the name inside longer texts': () => recordsWith(`"a":"${`x${ES}`.repeat(100)}"`),
  'a list of the name': () => recordsWith(`"a":[${repeated(`"${ES}"`, 500)}]`),
  'the name under keys almost ours': () => recordsWith(`"a":{${repeated(`"xeventSource":"${ES}"`, 50)}}`),
  'the name under keys with backslashes': () => recordsWith(`"a":[${repeated(`{"\\\\":"${ES}"}`, 100)}]`),
  'the name under ours, nested': () => recordsWith(`"a":{"eventSource":"${ES}"}`),
  'the name in nested JSON': () => recordsWith(`"a":${JSON.stringify(JSON.stringify({ eventSource: ES }).repeat(20))}`),
  backslashes: () => recordsWith(`"a":"${'\\\\'.repeat(800)}"`),
  'quotes in texts': () => recordsWith(`"a":"${'\\"'.repeat(800)}"`),
  'records of ours only': () => fileOf(recordsOf(BYTES, 'es0', randomFrom(3)).map(claimed)),
  'records that begin otherwise': () => fileOf(recordsOf(BYTES, 'es1', randomFrom(4)).map(turned)),
  'cuts in nested lists': () => recordsWith(`"a":[{},{"eventVersion":1,"eventSource":"${ES}"}]`),
  'one record': () => fileOf([`{"eventVersion":"1","eventSource":"${ES}","a":"${'x'.repeat(BYTES)}"}`]),
  spaces: () => `{"Records":[${' '.repeat(BYTES)}]}`,
  brackets: () => fileOf([`${'['.repeat(3000)}${']'.repeat(3000)}`, ...Array.from({ length: BYTES / 3 }, () => '[]')]),
};

/** Time to read files made to be slow: G5. */
export async function adversarialFigures(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, toJson] of Object.entries(FILES)) {
    const gzip = gzipSync(toJson(), { level: 1 });
    await requireSameAnswer({ name, gzip });
    const shipped = (): unknown => READINGS.shipped(gzip);
    const baseline = (): unknown => READINGS.baseline(gzip);
    const times = await measure<'shipped' | 'baseline'>(
      [{ shipped }, { baseline }],
      { blocks: quick ? 2 : 5, rounds: 2 },
      1,
    );
    figures.push({ goal: 'G5', what: `time O / B, ${name}`, ...ratio(times, 'shipped', 'baseline') });
  }
  return figures;
}

function fileOf(records: readonly string[]): string {
  return `{"Records":[${records.join(',')}]}`;
}

function repeated(text: string, times: number): string {
  return Array.from({ length: times }, () => text).join(',');
}

function recordsWith(pair: string): string {
  const record = `{"eventVersion":"1.11","eventSource":"s3.amazonaws.com",${pair}}`;
  return fileOf(Array.from({ length: BYTES / record.length }, () => record));
}

const claimed = (record: string): string => record.replace(/"eventSource":"[^"]*"/, `"eventSource":"${ES}"`);

const turned = (record: string): string =>
  record.replace('{"eventVersion":"1.11",', '{"awsRegion":"eu-west-1","eventVersion":"1.11",');
