import { gzipSync } from 'node:zlib';
import { readRecords, type OtherCalls } from '../../../core/log-file';
import { withoutWebAssembly } from '../../support/without-web-assembly';

const OTHERS: OtherCalls = {
  's3.amazonaws.com': ['PutBucketPolicy', 'DeleteBucketPolicy'],
  'lambda.amazonaws.com': ['UpdateFunctionCode'],
  'iam.amazonaws.com': [],
};

const ours = { eventSource: 'es.amazonaws.com', eventName: 'DeleteDomain' };
const policy = { eventVersion: '1.11', eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy', eventID: 'a' };
const fileWith = (...records: readonly string[]): Buffer => gzipSync(`{"Records":[${records.join(',')}]}`);
const fileOf = (...records: readonly unknown[]): Buffer => fileWith(...records.map((record) => JSON.stringify(record)));

const readPlainly = withoutWebAssembly();

describe.each([
  ['whole', (file: Buffer) => readRecords(file, { others: OTHERS })],
  ['in pieces', (file: Buffer) => readRecords(file, { others: OTHERS, streamAbove: 1 })],
  ['whole, without WebAssembly', (file: Buffer) => readPlainly(file, { others: OTHERS })],
  ['in pieces, without WebAssembly', (file: Buffer) => readPlainly(file, { others: OTHERS, streamAbove: 1 })],
])('the calls of other services in a log file read %s', (_, read) => {
  test('come beside the records of the service, in the order of the file', async () => {
    const code = { ...policy, eventSource: 'lambda.amazonaws.com', eventName: 'UpdateFunctionCode20150331v2' };
    const { records, otherRecords } = await read(fileOf(code, ours, { eventSource: 'x' }, policy));
    expect(records).toEqual([ours]);
    expect(otherRecords).toEqual([code, policy]);
  });

  test.each([
    ['another call of the service', { ...policy, eventName: 'PutBucketTagging' }],
    ['a call whose name goes on', { ...policy, eventName: 'PutBucketPolicyStatus' }],
    ['a call in other letters', { ...policy, eventName: 'putBucketPolicy' }],
    ['the call of another service', { ...policy, eventSource: 'iam.amazonaws.com' }],
    ['a call that another service is asked for', { ...policy, eventName: 'UpdateFunctionCode' }],
    ['a name that is no text', { ...policy, eventName: ['PutBucketPolicy'] }],
    ['no name', { ...policy, eventName: undefined }],
    ['the pair deeper', { eventSource: 'x', eventName: 'y', a: policy }],
    ['the pair in a text', { eventSource: 'x', text: JSON.stringify(policy) }],
    ['the pair in a list', [policy]],
  ])('are not %s', async (_what, record) => {
    expect((await read(fileOf(record, ours))).otherRecords).toEqual([]);
    expect((await read(fileOf(record))).otherRecords).toEqual([]);
  });

  test.each([
    ['the name first', '{"eventName":"PutBucketPolicy","eventSource":"s3.amazonaws.com"}'],
    ['something between', '{"eventSource":"s3.amazonaws.com","a":1,"eventName":"PutBucketPolicy"}'],
    ['white space around everything', '{ "eventSource" : "s3.amazonaws.com" , "eventName" : "PutBucketPolicy" }'],
    ['a letter of the source escaped', '{"eventSource":"s\\u0033.amazonaws.com","eventName":"PutBucketPolicy"}'],
    ['a letter of the name escaped', '{"eventSource":"s3.amazonaws.com","eventName":"P\\u0075tBucketPolicy"}'],
    ['the first letter of the name escaped', '{"eventSource":"s3.amazonaws.com","eventName":"\\u0050utBucketPolicy"}'],
    ['a letter of a key escaped', '{"eventSource":"s3.amazonaws.com","event\\u004eame":"PutBucketPolicy"}'],
    ['another name before', '{"eventSource":"s3.amazonaws.com","eventName":"GetObject","eventName":"PutBucketPolicy"}'],
    [
      'another source before',
      '{"eventSource":"ec2.amazonaws.com","eventName":"PutBucketPolicy","eventSource":"s3.amazonaws.com"}',
    ],
    [
      'a source before the name that is none',
      '{"eventSource":"s3.amazonaws.com","eventName":"a","x\\"eventSource":"b","eventName":"PutBucketPolicy"}',
    ],
  ])('are found with %s', async (_how, record) => {
    const expected = [JSON.parse(record) as unknown];
    expect((await read(fileWith(record))).otherRecords).toEqual(expected);
    expect((await read(fileWith('{"eventSource":"b","eventName":"c"}', record, '{}'))).otherRecords).toEqual(expected);
  });

  test('are not taken by the first of several names', async () => {
    const record = '{"eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","eventName":"GetObject"}';
    expect((await read(fileWith(record))).otherRecords).toEqual([]);
  });
});

test('nothing of other services is read unless it is asked for', async () => {
  expect((await readRecords(fileOf(policy, ours))).otherRecords).toEqual([]);
  expect((await readRecords(fileOf(policy), { others: OTHERS })).otherRecords).toEqual([policy]);
  expect((await readRecords(fileOf(policy))).otherRecords).toEqual([]);
});

test('a call of the service is no other call, even if it is asked for', async () => {
  const others = { 'es.amazonaws.com': ['DeleteDomain'] };
  expect(await readRecords(fileOf(ours), { others })).toMatchObject({ records: [ours], otherRecords: [] });
});

test.each([
  ['a quote', { 's3.amazonaws.com': ['Put"'] }],
  ['a slash', { 's3.amazonaws.com': ['Put/'] }],
  ['nothing', { '': ['Put'] }],
  ['129 letters', { 's3.amazonaws.com': ['a'.repeat(129)] }],
])('a name with %s cannot be searched for', async (_, others: OtherCalls) => {
  for (const read of [readRecords, readPlainly]) {
    await expect(read(fileOf(ours), { others })).rejects.toThrow(/^call to search for is ".*", allowed: /);
  }
});
