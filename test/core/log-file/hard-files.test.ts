import { gzipSync } from 'node:zlib';
import { changeOf, configurationAfter } from '../../../core/domain';
import { toCall, type Call } from '../../../core/call';
import { readRecords } from '../../../core/log-file';
import { once } from '../../../lambda/delivery/once';

/** Files and records made to be read wrongly, each with what is right. */

const ours = { eventSource: 'es.amazonaws.com', eventName: 'DeleteDomain' };
const others = { eventSource: 's3.amazonaws.com', eventName: 'GetObject' };
const gzipOf = (...records: readonly object[]): Buffer => gzipSync(JSON.stringify({ Records: records }));

describe.each([
  ['whole', {}],
  ['in pieces', { streamAbove: 1 }],
])('a log file read %s', (_, options) => {
  test.each([
    ['text', Buffer.from('\0garbage')],
    ['a second file', Buffer.concat([Buffer.from([0]), gzipOf(ours)])],
  ])('is refused with %s behind a zero, where zlib stops reading', async (_what, rest) => {
    const file = Buffer.concat([gzipOf(others), rest]);
    await expect(readRecords(file, options)).rejects.toThrow('log file goes on after its gzip data');
  });

  test('may be padded with zeros', async () => {
    const file = Buffer.concat([gzipOf(ours), Buffer.alloc(512)]);
    expect((await readRecords(file, options)).records).toEqual([ours]);
  });

  test('never has its content in an error', async () => {
    const cut = gzipSync('{"Records":[{"masterUserPassword":"planted-secret","a":');
    const error = await readRecords(cut, options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/log file/);
    expect(String(error)).not.toContain('planted');
  });
});

test.each(['toString', '__proto__', 'constructor', 'hasOwnProperty'])('a setting called %s is a setting', (name) => {
  const call = toCall({
    ...ours,
    eventName: 'UpdateDomainConfig',
    requestParameters: JSON.parse(`{"domainName":"logs","${name}":1}`) as unknown,
    responseElements: { domainConfig: {} },
  }) as Call;
  const configuration = configurationAfter(call);
  expect(Object.values(configuration)).toEqual([{ path: [name], value: 1 }]);
  expect(changeOf(call, configuration)).toMatchObject({ isUnchanged: true });
});

test('why an alert was not sent is told even where the claim cannot be given back', async () => {
  const sendOnce = once({
    claim: async () => ({}),
    confirm: async () => undefined,
    release: () => Promise.reject(new Error('table throttled')),
  });
  await expect(
    sendOnce({ kind: 'call', uid: 'a', severity: 'HIGH' }, () => Promise.reject(new Error('topic denied'))),
  ).rejects.toThrow(/topic denied.*table throttled/);
});
