import { gzipSync } from 'node:zlib';
import { readRecords, type LogFileContent } from '../../../core/log-file';
import { plainSearch } from '../../../core/log-file/plain-search';
import { simdSearch } from '../../../core/log-file/simd-search';
import { selectFromPieces } from '../../../core/log-file/stream';
import { FIXTURES, recordOf } from '../../support/records';
import { withoutWebAssembly } from '../../support/without-web-assembly';

const ES = 'es.amazonaws.com';
const SECOND = 'opensearchservice.amazonaws.com';
const ours = { eventVersion: '1.11', eventSource: ES, eventName: 'UpdateDomainConfig', eventID: 'a' };
const alsoOurs = { eventVersion: '1.05', eventSource: ES, eventName: 'DeleteDomain', eventID: 'b' };
const others = { eventVersion: '1.11', eventSource: 's3.amazonaws.com', eventName: 'GetObject' };

const fileOf = (...records: readonly unknown[]): string => JSON.stringify({ Records: records });
const fileWith = (record: string): string => `{"Records":[${record}]}`;

const readWhole = (json: string | Buffer): Promise<LogFileContent> => readRecords(gzipSync(json));
const readInPieces = (json: string | Buffer): Promise<LogFileContent> =>
  readRecords(gzipSync(json), { streamAbove: 1 });

const readPlainly = withoutWebAssembly();

const READINGS = [
  ['whole', readWhole],
  ['in pieces', readInPieces],
  ['whole, without WebAssembly', (json: string | Buffer) => readPlainly(gzipSync(json))],
  ['in pieces, without WebAssembly', (json: string | Buffer) => readPlainly(gzipSync(json), { streamAbove: 1 })],
] as const;

const SEARCHES = [
  ['simd', simdSearch({}) ?? plainSearch({})],
  ['plain', plainSearch({})],
] as const;

describe.each(READINGS)('a log file read %s', (_, read) => {
  test('gives the records of es.amazonaws.com, in its order', async () => {
    const json = fileOf(others, ours, others, alsoOurs, others);
    expect(await read(json)).toEqual({
      kind: 'records',
      records: [ours, alsoOurs],
      otherRecords: [],
      rawBytes: json.length,
    });
  });

  test('gives the records of the second event source among them', async () => {
    const second = { ...ours, eventSource: SECOND };
    expect((await read(fileOf(others, second, ours))).records).toEqual([second, ours]);
  });

  test('gives every record of the fixtures as JSON.parse gives it', async () => {
    const records = FIXTURES.map((name) => recordOf(name));
    const expected = records.filter((record) => 'eventSource' in record && record.eventSource === ES);
    expect(expected.length).toBeGreaterThan(50);
    expect((await read(fileOf(...records, others))).records).toEqual(expected);
  });

  test('gives nothing for a file of other services', async () => {
    expect((await read(fileOf(others, others))).records).toEqual([]);
  });

  test('may have no records', async () => {
    expect(await read('{"Records":[]}')).toEqual({ kind: 'records', records: [], otherRecords: [], rawBytes: 14 });
    expect((await read(' {\n\t"Records" : [ ] }\r\n')).records).toEqual([]);
  });

  test.each([
    'ses.amazonaws.com',
    'states.amazonaws.com',
    'es.amazonaws.com.cn',
    'ES.amazonaws.com',
    'opensearchservice.amazonaws.com.cn',
    'opensearch.amazonaws.com',
    ` ${ES}`,
    `${ES} `,
    `"${ES}"`,
    [ES],
    { eventSource: ES },
    null,
    undefined,
  ])('takes the event source %j for another service', async (eventSource) => {
    expect((await read(fileOf({ ...others, eventSource }))).records).toEqual([]);
  });

  test.each([
    ['as the address', { ...others, sourceIPAddress: ES }],
    ['as the service that acts for a caller', { ...others, userIdentity: { invokedBy: ES } }],
    ['in a policy document', { ...others, policy: JSON.stringify({ Principal: { Service: ES } }) }],
    ['under the key eventSource, but deeper', { ...others, requestParameters: { eventSource: ES } }],
    ['under the key eventSource, but in a text', { ...others, text: JSON.stringify({ eventSource: ES }) }],
    ['under a key that ends alike', { ...others, 'my"eventSource': ES, xeventSource: ES }],
    ['under the key eventSource in other letters', { ...others, eventsource: ES }],
    ['in a list of texts', { ...others, list: ['eventSource', ES] }],
    ['in a nested list that looks cut', { ...others, list: [{}, ours] }],
  ])('is not deceived by the name %s', async (_where, record) => {
    expect((await read(fileOf(record, ours))).records).toEqual([ours]);
    expect((await read(fileOf(record))).records).toEqual([]);
  });

  test.each([
    ['a letter of the name escaped', `{"eventSource":"\\u0065s.amazonaws.com"}`],
    ['the dot escaped, in capital digits', `{"eventSource":"es\\u002Eamazonaws.com"}`],
    ['the whole name escaped', `{"eventSource":"${[...ES].map(escaped).join('')}"}`],
    ['a letter of the key escaped', `{"event\\u0053ource":"${ES}"}`],
    ['the whole key escaped', `{"${[...'eventSource'].map(escaped).join('')}":"${ES}"}`],
    ['key and name escaped', `{"\\u0065ventSource":"es.amazonaws.co\\u006d"}`],
    ['white space around everything', ` { \n"eventSource"\t:\r\n "${ES}" } `],
    ['the source named twice, ours last', `{"eventSource":"s3.amazonaws.com","eventSource":"${ES}"}`],
    ['another key first', `{"awsRegion":"eu-west-1","eventVersion":"1.11","eventSource":"${ES}"}`],
    ['a key __proto__', `{"__proto__":{"a":1},"eventSource":"${ES}"}`],
    ['a text with quotes, brackets and backslashes', `{"a":"}]\\"\\\\","eventSource":"${ES}","b":"\\\\"}`],
    ['a text that looks like the seam of two records', `{"a":"},{\\"eventVersion\\"","eventSource":"${ES}"}`],
  ])('finds a record with %s', async (_how, record) => {
    const expected = [JSON.parse(record) as unknown];
    expect((await read(fileWith(record))).records).toEqual(expected);
    expect((await read(fileWith(`${JSON.stringify(others)},${record},${JSON.stringify(others)}`))).records).toEqual(
      expected,
    );
  });

  test('does not take a record that names our source first and another last', async () => {
    expect((await read(fileWith(`{"eventSource":"${ES}","eventSource":"s3.amazonaws.com"}`))).records).toEqual([]);
  });

  test('steps over entries that are no objects', async () => {
    expect((await read(fileWith(`null,7,"${ES}",["${ES}"],${JSON.stringify(ours)},true,[],{}`))).records).toEqual([
      ours,
    ]);
  });

  test('reads text in every script, and replaces bytes that are no text', async () => {
    const record = { ...ours, tags: ['Zürich', '東京', '🚀', '\u2028'] };
    expect((await read(fileOf(record))).records).toEqual([record]);
    const [before, after] = fileOf({ ...ours, tag: '#' }).split('#');
    const damaged = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff]), Buffer.from(after ?? '')]);
    expect((await read(damaged)).records).toEqual([{ ...ours, tag: '\uFFFD' }]);
  });

  test('may begin with a byte order mark', async () => {
    expect((await read(`\uFEFF${fileOf(ours, others)}`)).records).toEqual([ours]);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a text that is no JSON', 'not found'],
    ['an XML error', '<Error><Code>AccessDenied</Code></Error>'],
    ['JSON cut short', fileOf(ours, others).slice(0, -2)],
    ['JSON cut inside a record', fileOf(ours, others).slice(0, 50)],
    ['one bracket too many', `${fileOf(ours)}]`],
    ['two documents', fileOf(ours) + fileOf(others)],
    ['no Records', '{}'],
    ['Records in other letters', '{"records":[]}'],
    ['Records that are null', '{"Records":null}'],
    ['Records that are an object', `{"Records":{"a":${JSON.stringify(ours)}}}`],
    ['null', 'null'],
    ['a text', JSON.stringify(fileOf(ours))],
    ['a list with a record of ours', JSON.stringify([ours])],
    ['a broken record of ours', fileWith(`{"eventSource":"${ES}",}`)],
  ])('is an error when its JSON is %s', async (_what, json) => {
    await expect(read(json)).rejects.toThrow(/^log file /);
  });
});

test('a processor that cannot compare 16 bytes at once reads as well', async () => {
  const read = withoutWebAssembly({ validate: () => false });
  expect((await read(gzipSync(fileOf(others, ours)))).records).toEqual([ours]);
});

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

describe('a log file read whole', () => {
  test.each([
    ['a second key', `{"Records":[${JSON.stringify(ours)}],"version":1}`, [ours]],
    ['a key before', `{"version":1,"Records":[${JSON.stringify(ours)}]}`, [ours]],
    [
      'Records twice: the last counts',
      `{"Records":[${JSON.stringify(ours)}],"Records":[${JSON.stringify(alsoOurs)}]}`,
      [alsoOurs],
    ],
    ['Records and another list', `{"Records":[${JSON.stringify(others)}],"more":[${JSON.stringify(ours)}]}`, []],
    ['Records in an escaped spelling', `{"\\u0052ecords":[${JSON.stringify(ours)}]}`, [ours]],
    ['white space beyond measure', `${' '.repeat(999)}${fileOf(ours)}${'\n'.repeat(999)}`, [ours]],
    ['lines and indents', JSON.stringify({ Records: [others, ours, others] }, undefined, 2), [ours]],
  ])('may have %s', async (_what, json, records) => {
    expect((await readWhole(json)).records).toEqual(records);
  });

  test('says what it has instead of Records', async () => {
    await expect(readWhole('{"Message":"a","Code":1}')).rejects.toThrow(
      'log file has no Records list: got an object with Message, Code, allowed: {"Records": [...]}',
    );
    await expect(readWhole('{"Records":null}')).rejects.toThrow('got Records of type null');
    await expect(readWhole('not found')).rejects.toThrow('log file is not JSON');
  });

  test('is a digest or an aggregated file by its shape, and then has no records of ours', async () => {
    const digest = { awsAccountId: '123456789012', digestS3Bucket: 'trail-logs', logFiles: [] };
    expect(await readWhole(JSON.stringify(digest))).toMatchObject({ kind: 'digest', records: [] });
    expect(await readWhole(JSON.stringify([{ eventType: 'AwsAggregatedEvent' }]))).toMatchObject({
      kind: 'aggregated',
      records: [],
    });
  });

  test('is found full of near misses as well', async () => {
    const misses = { ...others, list: Array.from({ length: 5_000 }, () => ES) };
    expect((await readWhole(fileOf(misses, ours, misses))).records).toEqual([ours]);
    expect((await readWhole(fileOf({ ...others, text: '\u0001'.repeat(5_000) }, ours))).records).toEqual([ours]);
  });
});

describe.each(READINGS)('what is not wanted of a log file read %s', (_, read) => {
  const broken = '{"eventSource":"s3.amazonaws.com",}';

  test('is not checked', async () => {
    expect((await read(fileWith(broken))).records).toEqual([]);
    expect((await read(fileWith(`${broken},${JSON.stringify(ours)}`))).records).toEqual([ours]);
  });

  test.each([
    ['a bracket missing', '{"eventSource":"s3.amazonaws.com","a":[}'],
    ['a quote missing', '{"eventSource":"s3.amazonaws.com}'],
    ['a bracket too many', '{"eventSource":"s3.amazonaws.com"}]'],
  ])('is an error all the same with %s, before a record of ours', async (_what, record) => {
    await expect(read(fileWith(`${record},${JSON.stringify(ours)}`))).rejects.toThrow(/^log file /);
  });
});

describe('a log file read in pieces', () => {
  const record = `{"a":"\\\\\\"}]","\\u0065ventSource" : "es\\u002eamazonaws.com","b":[[{}],"é🚀"]}`;
  const json = Buffer.from(`{"Records" : [${JSON.stringify(others)}, ${record} ,${JSON.stringify(ours)}, null] }\n`);
  const expected = [JSON.parse(record) as unknown, ours];

  test.each(SEARCHES)('gives the same records wherever it is cut (%s)', async (_, search) => {
    for (let at = 0; at <= json.length; at++) {
      expect((await selectFromPieces([json.subarray(0, at), json.subarray(at)], search)).records).toEqual(expected);
    }
  });

  test.each(SEARCHES)('gives the same records byte by byte (%s)', async (_, search) => {
    const bytes = Array.from(json, (byte) => Buffer.from([byte]));
    expect((await selectFromPieces(bytes, search)).records).toEqual(expected);
  });

  test('gives the same records while another is', async () => {
    const files = [fileOf(others, ours), fileOf(alsoOurs, others, ours)].map((text) => gzipSync(text));
    const both = await Promise.all(files.map((file) => readRecords(file, { streamAbove: 1 })));
    expect(both.map(({ records }) => records)).toEqual([[ours], [alsoOurs, ours]]);
  });

  test('gives the same records from several megabytes, doubly compressed or not', async () => {
    const records = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 0 ? { ...ours, eventID: String(index) } : { ...others, text: `\\"${index}`.repeat(index % 40) },
    );
    const gzip = gzipSync(fileOf(...records));
    const found = records.filter(({ eventSource }) => eventSource === ES);
    expect((await readRecords(gzip, { streamAbove: 1_000_000 })).records).toEqual(found);
    expect((await readRecords(gzipSync(gzip), { streamAbove: 1_000_000 })).records).toEqual(found);
  });

  test.each([
    ['a second key', `{"Records":[${JSON.stringify(ours)}],"version":1}`, 'does not end with ]}'],
    ['a second list', `{"Records":[],"more":[${JSON.stringify(ours)}]}`, 'does not end with ]}'],
    ['white space beyond measure behind', `${fileOf(ours)}${' '.repeat(99)}`, 'does not end with ]}'],
    ['a key before', `{"version":1,"Records":[]}`, 'does not begin with {"Records": ['],
    ['a list alone', JSON.stringify([ours]), 'does not begin with {"Records": ['],
  ])('is an error, not a guess, with %s', async (_what, text, message) => {
    await expect(readInPieces(text)).rejects.toThrow(`log file above the size that is read whole ${message}`);
  });

  test('is an error with a record beyond all measure', async () => {
    const huge = fileWith(`{"a":"${'x'.repeat(17 * 1024 * 1024)}"}`);
    await expect(readInPieces(huge)).rejects.toThrow('log file has a record larger than 16 MiB');
  });
});

describe.each(READINGS)('the nesting of a log file read %s', (_, read) => {
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const withLevels = (source: string, levels: number): string =>
    `{"eventVersion":"1.11","eventSource":"${source}","a":${nested(levels - 1)}}`;

  test('may be a thousand levels in a record of ours, not one more', async () => {
    expect((await read(fileWith(withLevels(ES, 1000)))).records).toHaveLength(1);
    await expect(read(fileWith(withLevels(ES, 1001)))).rejects.toThrow(
      'log file has a record nested deeper than 1000 levels',
    );
  });

  test('is counted for each record alone', async () => {
    const { records } = await read(fileWith(`${withLevels(ES, 999)},${withLevels(ES, 2)},${withLevels(ES, 1000)}`));
    expect(records).toHaveLength(3);
  });

  test('may be anything in what is not parsed', async () => {
    const json = fileWith(`${withLevels('s3.amazonaws.com', 5000)},${JSON.stringify(ours)},${nested(5000)}`);
    expect((await read(json)).records).toEqual([ours]);
  });

  test('does not count brackets in texts', async () => {
    const record = { ...ours, text: '[{'.repeat(5000) };
    expect((await read(fileOf(record))).records).toEqual([record]);
  });

  test.each([
    ['never closed', `{"Records":[{"eventSource":"${ES}","a":${'['.repeat(100_000)}`],
    ['never closed, in a file that looks whole', `{"Records":[{"eventSource":"${ES}","a":${'['.repeat(100_000)}]}`],
    ['of a million levels', fileWith(`{"eventSource":"${ES}","a":${nested(1_000_000)}}`)],
    ['of a million levels in a file of no known layout', `{"a":${nested(1_000_000)}}`],
    ['of a million levels, alone', nested(1_000_000)],
  ])('is an error before it is parsed: %s', async (_what, json) => {
    const parsed = jest.spyOn(JSON, 'parse');
    try {
      await expect(read(json)).rejects.toThrow(/^log file /);
      expect(parsed.mock.calls.filter(([text]) => text.includes('['.repeat(5000)))).toEqual([]);
    } finally {
      parsed.mockRestore();
    }
  });
});

describe('the size of a log file', () => {
  const json = fileOf(ours, { ...others, text: 'x'.repeat(3 * 1024 * 1024) });
  const gzip = gzipSync(json);

  test('may be anything up to the limit', async () => {
    expect((await readRecords(gzip, { maxBytes: json.length })).records).toEqual([ours]);
    expect((await readRecords(gzip, { streamAbove: 1, maxBytes: json.length })).records).toEqual([ours]);
  });

  test.each([
    ['compressed', gzip],
    ['compressed twice', gzipSync(gzip)],
    ['in several members', Buffer.concat([gzipSync(json.slice(0, -9)), gzipSync(json.slice(-9))])],
    ['not compressed', Buffer.from(json)],
  ])('above the limit is an error: %s', async (_, bytes) => {
    const maxBytes = 2 * 1024 * 1024;
    await expect(readRecords(bytes, { maxBytes })).rejects.toThrow('log file inflates beyond 2 MiB');
    await expect(readRecords(bytes, { maxBytes, streamAbove: 1 })).rejects.toThrow('log file inflates beyond 2 MiB');
  });
});

describe('the size that gzip data claims', () => {
  const MIB = 1024 * 1024;
  const spaced = (mib: number): Buffer => Buffer.from(fileOf(ours).replace('[', `[${' '.repeat(mib * MIB)}`));
  const gzip = gzipSync(spaced(20));
  const claiming = (bytes: number): Buffer => {
    const changed = Buffer.from(gzip);
    changed.writeUInt32LE(bytes, changed.length - 4);
    return changed;
  };
  const options = { streamAbove: 1, maxBytes: 30 * MIB };

  test('is enough to refuse it', async () => {
    await expect(readRecords(gzip, { ...options, maxBytes: 19 * MIB })).rejects.toThrow(
      'log file inflates beyond 19 MiB: it claims 20 MiB',
    );
  });

  test('is all it may inflate to: beyond that it would be 4 GiB at least', async () => {
    await expect(readRecords(claiming(17 * MIB), options)).rejects.toThrow(
      'log file inflates beyond 30 MiB: it claims 17 MiB and goes on',
    );
  });

  test('is not believed where it cannot be true', async () => {
    await expect(readRecords(claiming(0xffffffff), options)).rejects.toThrow('log file is not intact gzip data');
  });

  test('says nothing of the members before the last', async () => {
    const json = spaced(25);
    const members = Buffer.concat([gzipSync(json.subarray(0, 5 * MIB)), gzipSync(json.subarray(5 * MIB))]);
    expect((await readRecords(members, options)).records).toEqual([ours]);
  });

  test('may be hidden by padding', async () => {
    expect((await readRecords(Buffer.concat([gzip, Buffer.alloc(1)]), options)).records).toEqual([ours]);
    await expect(readRecords(Buffer.concat([gzip, Buffer.alloc(1)]), { ...options, maxBytes: MIB })).rejects.toThrow(
      'log file inflates beyond 1 MiB',
    );
  });
});

describe.each([
  ['whole', {}],
  ['in pieces', { streamAbove: 1 }],
])('the bytes of a log file read %s', (_, options) => {
  const json = fileOf(others, ours);
  const gzip = gzipSync(json);
  const middle = json.length >> 1;
  const change = (at: number, byte: number): Buffer => {
    const changed = Buffer.from(gzip);
    changed[at] = (changed[at] ?? 0) ^ byte;
    return changed;
  };

  test.each<[string, Buffer]>([
    ['gzip data', gzip],
    ['gzip data of another level', gzipSync(json, { level: 1 })],
    ['gzip data that was not compressed', gzipSync(json, { level: 0 })],
    ['two members', Buffer.concat([gzipSync(json.slice(0, middle)), gzipSync(json.slice(middle))])],
    ['a member for each character', Buffer.concat([...json].map((character) => gzipSync(character)))],
    ['members of nothing', Buffer.concat([gzipSync(''), gzip, gzipSync('')])],
    ['padding of zeros', Buffer.concat([gzip, Buffer.alloc(1000)])],
    ['gzip data compressed once more', gzipSync(gzip)],
    ['plain JSON', Buffer.from(json)],
    ['a part of a larger buffer', Buffer.concat([Buffer.alloc(7), gzip]).subarray(7)],
  ])('may be %s', async (_what, bytes) => {
    expect((await readRecords(bytes, options)).records).toEqual([ours]);
  });

  test('may be any array of bytes', async () => {
    expect((await readRecords(new Uint8Array(gzip), options)).records).toEqual([ours]);
  });

  test('are an error wherever they are cut short', async () => {
    for (let length = 0; length < gzip.length; length++) {
      await expect(readRecords(gzip.subarray(0, length), options)).rejects.toThrow(/^log file /);
    }
  });

  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'log file is empty: 0 bytes'],
    ['cut short', gzip.subarray(0, -20), 'log file is cut short: its gzip data ends early'],
    ['cut short inside', gzipSync(gzip.subarray(0, -20)), 'log file is cut short: its gzip data ends early'],
    ['followed by one byte', Buffer.concat([gzip, Buffer.from('x')]), 'log file is cut short'],
    ['followed by JSON', Buffer.concat([gzip, Buffer.from(json)]), 'log file is not intact gzip data'],
    ['followed by the beginning of a member', Buffer.concat([gzip, gzip.subarray(0, 15)]), 'log file is cut short'],
    ['changed in the middle', change(gzip.length >> 1, 0x10), 'log file '],
    ['changed in the checksum', change(gzip.length - 8, 1), 'log file is not intact gzip data'],
    ['changed in the size', change(gzip.length - 1, 0xff), 'log file is not intact gzip data'],
    ['changed in the size by one', change(gzip.length - 4, 1), 'log file is not intact gzip data'],
    ['the file twice', Buffer.concat([gzip, gzip]), 'log file '],
    ['compressed three times', gzipSync(gzipSync(gzip)), 'log file '],
  ])('are an error when they are %s', async (_what, bytes, message) => {
    await expect(readRecords(bytes, options)).rejects.toThrow(message);
  });
});
