import { gzipSync } from 'node:zlib';
import { readInput } from '../../../core/export';
import { recordNamed } from '../../support/golden';

const RECORD = recordNamed('policy-opened-to-everyone');
const OTHER = { eventVersion: '1.11', eventSource: 's3.amazonaws.com', eventName: 'GetObject', eventID: 'other' };
const LOG_FILE = { Records: [RECORD, OTHER] };

const text = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent);

/** An entry of lookup-events. */
const looked = (record: object) => ({
  EventId: 'e',
  EventName: 'UpdateDomainConfig',
  EventTime: '2026-11-20T15:01:11+01:00',
  Resources: [],
  CloudTrailEvent: text(record),
});

const event = (record: object) => ({
  version: '0',
  source: 'aws.es',
  'detail-type': 'AWS API Call via CloudTrail',
  resources: [],
  detail: record,
});

const csv = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

async function read(content: string | Buffer) {
  return readInput(Buffer.from(content));
}

describe('one record is read', () => {
  test.each<[string, string | Buffer]>([
    ['of a log file', text(LOG_FILE)],
    ['of a log file with indents', text(LOG_FILE, 2)],
    [
      'of a log file whose records begin with another member',
      text({ Records: [{ awsRegion: 'x', ...RECORD }, OTHER] }),
    ],
    ['of a log file with members beside Records', text({ note: 'x', Records: [RECORD] })],
    ['of a gzip log file', gzipSync(text(LOG_FILE))],
    ['of two gzip log files in one', Buffer.concat([gzipSync(text(LOG_FILE)), gzipSync(text({ Records: [OTHER] }))])],
    ['of two log files in one text', `${text({ Records: [OTHER] }, 4)}\n${text(LOG_FILE, 4)}\n`],
    ['alone', text(RECORD, 2)],
    ['in a list', text([OTHER, RECORD])],
    ['in lines', `${text(OTHER)}\n${text(RECORD)}\n`],
    ['in lines of log files', `${text({ Records: [OTHER] })}\n${text(LOG_FILE)}\n`],
    ['of lookup-events', text({ Events: [looked(RECORD), looked(OTHER)], NextToken: 'x' }, 4)],
    ['of lookup-events, one after another', `${text({ Events: [] }, 4)}\n${text({ Events: [looked(RECORD)] }, 4)}`],
    ['of Events[]', text([looked(RECORD), looked(OTHER)])],
    ['of Events[] in lines', `${text(looked(OTHER))}\n${text(looked(RECORD))}`],
    ['of Events[0]', text(looked(RECORD))],
    ['of Events[].CloudTrailEvent', text([text(RECORD), text(OTHER)])],
    ['of Events[0].CloudTrailEvent', text(text(RECORD))],
    ['of Events[].CloudTrailEvent in lines', `${text(text(RECORD))}\n${text(text(OTHER))}`],
    ['of Events[].CloudTrailEvent as --output text', `${text(RECORD)}\t${text(OTHER)}\n`],
    [
      'of Events[].[EventId,CloudTrailEvent]',
      text([
        ['id', text(RECORD)],
        ['other', text(OTHER)],
      ]),
    ],
    ['of Events[].[EventId,CloudTrailEvent] as --output text', `id\t${text(RECORD)}\nother\t${text(OTHER)}\n`],
    ['of Events[0].[EventId,CloudTrailEvent]', text(['id', text(RECORD)])],
    ['of Events[].{who:Username,what:CloudTrailEvent}', text([{ who: 'x', what: text(RECORD) }])],
    [
      'of Events[].{CloudTrailEvent:CloudTrailEvent}',
      text([{ CloudTrailEvent: text(RECORD) }, { CloudTrailEvent: text(OTHER) }]),
    ],
    [
      'of lookup-events as --output text',
      `EVENTS\tAKIA\t${text(RECORD)}\tid\tUpdateDomainConfig\nRESOURCES\tlogs\tAWS::ES\n`,
    ],
    ['of EventBridge', text(event(RECORD))],
    ['of EventBridge in lines', `${text(event(OTHER))}\n${text(event(RECORD))}`],
    ['of EventBridge without anything between', `${text(event(OTHER))}${text(event(RECORD))}`],
    ['of EventBridge in messages of a queue', text({ Messages: [{ MessageId: 'm', Body: text(event(RECORD)) }] })],
    [
      'of filter-log-events',
      text({ events: [{ timestamp: 1, message: text(RECORD), eventId: '1' }], searchedLogStreams: [] }),
    ],
    [
      'of get-log-events',
      text({
        events: [
          { timestamp: 1, message: text(OTHER) },
          { timestamp: 2, message: text(RECORD) },
        ],
        nextForwardToken: 'f',
      }),
    ],
    [
      'of Logs Insights',
      text({
        results: [
          [
            { field: '@timestamp', value: 't' },
            { field: '@message', value: text(RECORD) },
            { field: '@ptr', value: 'p' },
          ],
        ],
        statistics: {},
        status: 'Complete',
      }),
    ],
    [
      'of an export task of CloudWatch Logs',
      `2026-11-20T14:01:11.000Z ${text(RECORD)}\n2026-11-20T14:01:12.000Z ${text(OTHER)}\n`,
    ],
    [
      'of a subscription of CloudWatch Logs',
      text({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: 1, message: text(RECORD) }] }),
    ],
    [
      'of the log group as the console saves it',
      csv(['timestamp', 'message'], ['1', text(OTHER)], ['2', text(RECORD)]),
    ],
    [
      'of CloudTrail Lake',
      text({
        QueryStatus: 'FINISHED',
        QueryResultRows: [
          [{ eventID: 'x' }, { eventJson: text(RECORD) }],
          [{ eventID: 'y' }, { eventJson: text(OTHER) }],
        ],
      }),
    ],
    ['of CloudTrail Lake, saved', gzipSync(csv(['eventID', 'eventJson'], ['x', text(RECORD)], ['y', text(OTHER)]))],
    [
      'of a subscription of CloudWatch Logs, as functions get it',
      text({ awslogs: { data: gzipSync(text({ logEvents: [{ message: text(RECORD) }] })).toString('base64') } }),
    ],
    ['of a search', text({ hits: { total: { value: 1 }, hits: [{ _id: '1', _source: RECORD }] } })],
    [
      'of a search of what Filebeat keeps',
      text({ hits: { hits: [{ _source: { event: { original: text(RECORD) } } }] } }),
    ],
    ['with a byte order mark', `\uFEFF${text(RECORD)}`],
    ['as a program saves it in UTF-16 without a mark', Buffer.from(text(LOG_FILE), 'utf16le')],
    ['the same in the other order of bytes', Buffer.from(text(LOG_FILE), 'utf16le').swap16()],
    ['in colours, as jq -C prints it', text(RECORD).replace('{', '\u001b[1;39m{\u001b[0m')],
    ['as a text of JSON, twice', text(text(text(RECORD)))],
    ['as PowerShell saves it', Buffer.from(`\uFEFF${text({ Events: [looked(RECORD)] })}`, 'utf16le')],
    ['behind what a script said', `looking up...\n${text({ Events: [looked(RECORD)] }, 4)}\ndone\n`],
  ])('%s', async (_, content) => {
    expect(await read(content)).toEqual({ kind: 'records', records: [RECORD], unread: [] });
  });
});

describe('nothing is found, and that is all there is', () => {
  test.each([
    ['a log file without records', text({ Records: [] }), 'records'],
    ['an answer without events', text({ Events: [] }), 'records'],
    ['an answer without log events', text({ events: [], searchedLogStreams: [] }), 'records'],
    ['a message that looks for subscribers', text({ messageType: 'CONTROL_MESSAGE', logEvents: [{}] }), 'records'],
    ['an answer without rows', text({ QueryStatus: 'FINISHED', QueryResultRows: [] }), 'records'],
    ['records of other services', text([OTHER, OTHER]), 'records'],
    ['a digest', text({ digestS3Bucket: 'trail', logFiles: [] }), 'digest'],
    ['data events that are counted together', text([{ eventCategory: 'Data' }]), 'aggregated'],
    ['settings', text({ trustedAccounts: ['111122223333'], suppressions: [] }), 'settings'],
  ])('in %s', async (_, content, kind) => {
    expect(await read(content)).toEqual({ kind, records: [], unread: [] });
  });
});

describe('what holds no record is an error that says what it looks like', () => {
  test.each<[string, string | Buffer, string | RegExp]>([
    ['nothing', '', 'empty: 0 bytes'],
    ['white space', ' \n', 'it is empty but for white space'],
    ['an empty list', '[]', 'it is an empty list, which does not tell of what'],
    ['a list of objects', '[{"a":1,"b":2},{}]', 'it is a list of 2 whose first is an object with a, b'],
    ['a list of texts', '["a"]', 'it is a list of 1 whose first is a text'],
    ['null', 'null', 'what the AWS CLI prints where a query finds nothing'],
    ['None', 'None\n', 'what the AWS CLI prints where a query finds nothing'],
    ['a text', 'hello', 'a text without JSON'],
    ['lists in lists', `${'['.repeat(9)}${']'.repeat(9)}`, /whose first is a list of 1 whose first is another$/],
    ['an object', '{"Evnts":[]}', 'it is an object with Evnts'],
    ['an object with nothing in it', '{}', 'it is an object with nothing in it'],
    ['a Records list of something else', '{"Records":[{"a":1}]}', 'it is an object with Records'],
    [
      'a notification of S3',
      text({
        Records: [{ eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: {} } }],
      }),
      'a notification about objects in a bucket',
    ],
    ['a notification of a trail', '{"s3Bucket":"b","s3ObjectKey":["k"]}', 'a notification about objects in a bucket'],
    ['a notification of EventBridge', '{"source":"aws.s3","detail":{}}', 'a notification about objects in a bucket'],
    [
      'entries of lookup-events without the record',
      text({ Events: [{ EventId: 'x', EventName: 'y' }] }),
      'keep CloudTrailEvent in the query',
    ],
    ['the same in a list', text([{ EventId: 'x', EventName: 'y' }]), 'keep CloudTrailEvent in the query'],
    ['another event of EventBridge', text({ 'detail-type': 'x', detail: { state: 'y' } }), 'that is no API call'],
    [
      'rows of CloudTrail Lake with columns of the record',
      text({ QueryStatus: 'FINISHED', QueryResultRows: [[{ eventSource: 'es.amazonaws.com' }, { eventName: 'x' }]] }),
      'add the column eventJson',
    ],
    [
      'a query of Logs Insights that runs',
      text({ results: [], statistics: {}, status: 'Running' }),
      'whose query is not finished',
    ],
    [
      'rows of CloudTrail Lake without the record',
      text({ QueryStatus: 'FINISHED', QueryResultRows: [[{ eventName: 'x' }]] }),
      'add the column eventJson',
    ],
    [
      'a query of CloudTrail Lake that runs',
      text({ QueryStatus: 'RUNNING', QueryResultRows: [] }),
      'whose query is not finished',
    ],
    [
      'rows of Logs Insights without the record',
      text({ results: [[{ field: 'eventName', value: 'x' }]], statistics: {}, status: 'Complete' }),
      'add @message',
    ],
    ['the state of a domain', '{"DomainStatus":{}}', 'give it as --baseline'],
    ['an alert', '{"class_uid":2004,"finding_info":{}}', 'an alert of this monitor'],
    ['HTML', '<html>', 'HTML or XML'],
    ['YAML', 'Events:\n- CloudTrailEvent: x\n', 'YAML: use --output json'],
    ['a table that is drawn', '-----------\n|  x  |\n', 'use --output json'],
    ['what Python prints', "[{'eventVersion': '1.08'}]", 'what Python prints of an object'],
    ['an error of the AWS CLI', 'An error occurred (AccessDenied)', 'an error of the AWS CLI'],
    ['a table without the record', 'eventtime,username\n2026,x\n', 'select eventJson or @message'],
    ['the same in quotation marks', '"eventtime","username"\n"2026","x"\n', 'select eventJson or @message'],
    ['what the console of CloudTrail saves', 'Event time,User name\n2026,x\n', 'download it as JSON'],
    [
      'a tar archive',
      Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.from(text(LOG_FILE))]),
      'a tar archive: unpack it',
    ],
    [
      'a zip archive, of which a file may read as text',
      Buffer.from(`PK\u0003\u0004xx${text(LOG_FILE)}`, 'latin1'),
      'a zip archive: unpack it',
    ],
    ['data compressed with xz', Buffer.from('\u00fd7zXZ\u0000\u001b[[', 'latin1'), 'data compressed with xz'],
    ['a Parquet file', 'PAR1....', 'a Parquet file'],
    ['a log file that is cut short', text(LOG_FILE).slice(0, -20), 'log file is not JSON'],
    ['a log file that goes on', `${text(LOG_FILE)} and more`, 'log file is not JSON'],
    ['damaged gzip data', gzipSync(text(LOG_FILE)).subarray(0, 100), 'cut short'],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  test('and never by what it holds, which may be a secret', async () => {
    await expect(read('[{"password":"hunter2"}]')).rejects.toThrow(/^(?!.*hunter2).*password/);
    await expect(read('hunter2')).rejects.toThrow(/^(?!.*hunter2)/);
  });
});

describe('what stands among records without being one is told', () => {
  test.each([
    [
      'an object in a list',
      text([RECORD, { a: 1 }, OTHER]),
      '1 of 3 entries in it are no record; the first is an object with a',
    ],
    [
      'a text that is cut short in a list',
      text([text(RECORD), text(RECORD).slice(0, 50)]),
      'the first is JSON that is cut short or damaged',
    ],
    [
      'an entry of lookup-events',
      text({ Events: [looked(RECORD), { EventId: 'x' }] }),
      '1 of 2 entries in it are no record',
    ],
    ['a line', `${text(RECORD)}\n{"a":1}\n`, '1 of 2 values in it hold no record; the first is an object with a'],
    [
      'a line that is cut short',
      `${text(RECORD)}\n${text(RECORD).slice(0, 50)}`,
      '1 of 2 values in it hold no record; the first is JSON that is cut short',
    ],
    ['a line behind a time', `2026 ${text(RECORD)}\n2026 {"a": 1\n`, '1 of 2 values in it hold no record'],
  ])('%s', async (_, content, why) => {
    const { records, unread } = await read(content);
    expect(records).toEqual([RECORD]);
    expect(unread).toEqual([expect.stringContaining(why)]);
  });
});

test('brackets without end cost no more than their length', async () => {
  const before = process.cpuUsage();
  await expect(read(`x ${'[\n'.repeat(100_000)}`)).rejects.toThrow('no CloudTrail record in it');
  await expect(read('['.repeat(100_000))).rejects.toThrow('no CloudTrail record in it');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(5);
});

test('what is wrapped too deep is not looked for', async () => {
  let wrapped: unknown = RECORD;
  for (let depth = 0; depth < 20; depth++) wrapped = { wrapped };
  await expect(read(text(wrapped))).rejects.toThrow('an object with wrapped');
});
