import { COMMANDS } from '../../../cli/commands/all';
import { runCommandLine } from '../../../cli/command-line';
import { UsageError } from '../../../cli/console';
import { watchedIn } from '../../../cli/watched';
import { memberOf } from '../../../core/base/members';
import { toldBy } from '../../support/console';
import { temporaryFolder } from '../../support/log-files';
import { BUCKET, functionArn, otherRecord, QUEUE, queueArn, queueUrl, TRAIL } from '../../support/watched';

const { at, logFile } = temporaryFolder();
const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, args, console));
const scan = async (...args: readonly string[]) => {
  const { code, out } = await run('scan', '--format', 'json', ...args, at('a.json'));
  const alerts = out.split('\n').filter((line) => line.startsWith('{'));
  return { code, rules: alerts.map((line) => memberOf(JSON.parse(line), 'finding_info', 'analytic', 'uid')) };
};

const PURGED = otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl(QUEUE) });
const UNNOTIFIED = otherRecord('s3', 'PutBucketNotification', { bucketName: BUCKET, NotificationConfiguration: {} });
const STOPPED = otherRecord('cloudtrail', 'StopLogging', { name: TRAIL });

describe('scan', () => {
  test('tells of any trail what stops it, and of nothing else what nobody named', async () => {
    logFile('a.json', PURGED, UNNOTIFIED, STOPPED);
    expect(await scan()).toEqual({ code: 1, rules: ['trail-stopped'] });
  });

  test.each([
    ['its name', QUEUE],
    ['its ARN', queueArn(QUEUE)],
    ['its address', queueUrl(QUEUE)],
    ['the beginning of its name', `${QUEUE.slice(0, 20)}*`],
  ])('tells of a resource that is named by %s', async (_, name) => {
    logFile('a.json', PURGED, UNNOTIFIED);
    expect(await scan('--watch', name)).toEqual({ code: 1, rules: ['monitor-queue-silenced'] });
  });

  test.each([
    ['of another name', `${QUEUE}2`],
    ['of another account', `arn:aws:sqs:eu-west-1:777788889999:${QUEUE}`],
    ['of another region', `arn:aws:sqs:us-east-1:111122223333:${QUEUE}`],
    ['of another service', functionArn(`${QUEUE}*`)],
  ])('tells nothing of one %s', async (_, name) => {
    logFile('a.json', PURGED, UNNOTIFIED);
    expect(await scan('--watch', name)).toEqual({ code: 0, rules: [] });
  });

  test.each([[['--watch', QUEUE, '--watch', BUCKET]], [['--watch', ` ${QUEUE}  ${BUCKET} `]]])(
    'tells of all that are named: %j',
    async (args) => {
      logFile('a.json', PURGED, UNNOTIFIED);
      const { rules } = await scan(...args);
      expect(new Set(rules)).toEqual(new Set(['log-notification-removed', 'monitor-queue-silenced']));
    },
  );
});

test('explain says of a call of another service that nobody named why it did not alert', async () => {
  logFile('a.json', PURGED);
  const [without, named] = [await run('explain', at('a.json')), await run('explain', '--watch', QUEUE, at('a.json'))];
  expect(without.out).not.toContain('monitor-queue-silenced CRITICAL');
  expect(named.out).toContain('monitor-queue-silenced');
});

test.each(['', ' ', '*', '?*', 'a b;c', 'arn:aws:sqs', 'arn:aws:sqs:eu-west-1:1:x'])('%j is refused', (name) => {
  expect(() => watchedIn([name])).toThrow(UsageError);
  expect(() => watchedIn([name])).toThrow(/^--watch ".*" names no resource; allowed: a name like/);
});

test.each([
  'role_with+letters=of,iam@1.2',
  'alias/logs',
  'lo?s*',
  'arn:aws:s3:::my-bucket',
  'arn:aws:iam::111122223333:role/x',
])('%s is a name', (name) => {
  expect(watchedIn([name])).toEqual([name]);
});
