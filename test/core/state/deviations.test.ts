import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { deviationsIn, same, withKnownCode, type Kind } from '../../../core/state';
import { onExistingBucket, templateWith } from '../../lib/stack-in';
import { orderIn, wellBut, wellOf, type Change } from '../../support/deployed';

const people = { subscribers: [{ subscription: new EmailSubscription('oncall@example.com') }] };
const order = orderIn(templateWith({ ...people, operationsSubscribers: [new EmailSubscription('ops@example.com')] }));
const onBucket = orderIn(templateWith(onExistingBucket({ notifications: 'eventbridge' })));

/** What is told where one thing is not as it was deployed: sentences and commands. */
function toldOf(kind: Kind, name: string, found: Change, of = order): readonly (readonly string[])[] {
  return deviationsIn(of.expected, wellBut(of, kind, name, found)).map(({ sentence, command }) => [
    sentence,
    ...(command === undefined ? [] : [command]),
  ]);
}

test('nothing deviates where everything is as it was deployed', () => {
  expect(deviationsIn(order.expected, wellOf(order))).toEqual([]);
  expect(deviationsIn(onBucket.expected, wellOf(onBucket))).toEqual([]);
});

test('what may not be looked at is told as that', () => {
  expect(toldOf('queue', 'LogFileQueue', { unreadable: 'not authorized' })).toEqual([
    [expect.stringMatching(/^queue LogFileQueue\w+ cannot be looked at: not authorized$/)],
  ]);
});

function definitionOf(name: string): object {
  const alarm = order.expected.find((one) => one.kind === 'alarm' && one.name.startsWith(name));
  return alarm?.kind === 'alarm' ? alarm.must.definition : {};
}

/** Each with the member that differs, what is said and the beginning of the command that puts it right. */
const DEVIATIONS: readonly (readonly [string, Kind, string, Change, RegExp, RegExp | undefined])[] = [
  ['a topic deleted', 'topic', 'HighAlerts', 'missing', /^topic HighAlerts\w+ is gone/, undefined],
  [
    'a topic closed to us',
    'topic',
    'HighAlerts',
    { policy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*' }] } },
    /has another policy/,
    /^aws sns set-topic-attributes --topic-arn HighAlerts\w+ --attribute-name Policy --attribute-value '\{.*\}'$/,
  ],
  ['a topic that nobody hears', 'topic', 'CriticalAlerts', { isHeard: false }, /no confirmed subscription/, undefined],
  [
    'a subscriber removed',
    'subscription',
    'HighAlerts',
    'missing',
    /^the email subscription of oncall@example.com to HighAlerts\w+ is gone/,
    /^aws sns subscribe --topic-arn HighAlerts\w+ --protocol email --notification-endpoint oncall@example.com --attributes '\{"RedrivePolicy":.*\}'$/,
  ],
  [
    'a subscriber that never confirmed',
    'subscription',
    'HighAlerts',
    { isConfirmed: false },
    /is not confirmed/,
    /^aws sns subscribe/,
  ],
  [
    'a filter policy on a subscriber',
    'subscription',
    'HighAlerts',
    { filterPolicy: { severity: ['NONE'] } },
    /has a filter policy, which keeps alerts from it: \{"severity":\["NONE"\]\}$/,
    /^aws sns set-subscription-attributes --attribute-name FilterPolicy --attribute-value '\{\}' --subscription-arn "\$\(aws sns list-subscriptions-by-topic/,
  ],
  [
    'a subscriber without its dead-letter queue',
    'subscription',
    'HighAlerts',
    { deadLetterQueue: null },
    /has not the dead-letter queue/,
    /--attribute-name RedrivePolicy/,
  ],
  ['a queue deleted', 'queue', 'LogFileQueue', 'missing', /is gone, with all that was in it/, undefined],
  [
    'messages kept for a minute',
    'queue',
    'LogFileQueue',
    { retentionSeconds: 60 },
    /keeps messages for 60 seconds only, and was deployed with 1209600/,
    /^aws sqs set-queue-attributes --queue-url LogFileQueue\w+ --attributes '\{"MessageRetentionPeriod":"1209600"/,
  ],
  ['no dead-letter queue', 'queue', 'LogFileQueue', { redrive: null }, /redrive policy/, /^aws sqs set-queue-attr/],
  ['a queue open to others', 'queue', 'LogFileQueue', { policy: null }, /another policy/, /^aws sqs set-queue-attr/],
  ['the function deleted', 'function', 'Function', 'missing', /is gone: nothing is judged/, undefined],
  [
    'no concurrency',
    'function',
    'Function',
    { reservedConcurrency: 0 },
    /reserved concurrency of 0: it never starts/,
    /^aws lambda delete-function-concurrency --function-name Function\w+$/,
  ],
  ['an update that failed', 'function', 'Function', { failure: 'bad image' }, /does not run: bad image/, /^aws lambda/],
  [
    'settings changed',
    'function',
    'Function',
    { environment: { JUDGEMENT: '{"minimum":1}' } },
    /other environment variables/,
    /^aws lambda update-function-configuration .*--environment '\{"Variables":/,
  ],
  ['another handler', 'function', 'Function', { handler: 'x.y' }, /has the handler x\.y/, /--handler index\.handler/],
  [
    'the mapping disabled',
    'mapping',
    'LogFileMapping',
    { isEnabled: false },
    /is disabled: nothing feeds the function/,
    /^aws lambda update-event-source-mapping --uuid LogFileMapping\w+ --function-name Function\w+ --enabled --filter-criteria '\{\}' --function-response-types ReportBatchItemFailures$/,
  ],
  [
    'a filter on the mapping',
    'mapping',
    'LogFileMapping',
    { filter: [{ Pattern: '{"x":[1]}' }] },
    /what does not match it is deleted unread/,
    /--filter-criteria '\{\}'/,
  ],
  [
    'failures not reported',
    'mapping',
    'LogFileMapping',
    { reportsFailures: false },
    /a log file that failed counts as done/,
    /ReportBatchItemFailures/,
  ],
  ['the mapping deleted', 'mapping', 'LogFileMapping', 'missing', /is gone/, /^aws lambda create-event-source-mapping/],
  ['the table deleted', 'table', 'AlertTable', 'missing', /is gone/, undefined],
  [
    'alarm actions off',
    'alarm',
    'DeadLetterAlarm',
    { actionsEnabled: false },
    /tells nobody: its actions are off/,
    /^aws cloudwatch enable-alarm-actions --alarm-names DeadLetterAlarm\w+$/,
  ],
  [
    'an alarm deleted',
    'alarm',
    'NoLogFilesAlarm',
    'missing',
    /is gone$/,
    /^aws cloudwatch put-metric-alarm --cli-input-json '\{"AlarmName":"NoLogFilesAlarm\w+","ActionsEnabled":true,"MetricName":"LogFilesScanned"/,
  ],
  ['an alarm muted', 'alarm', 'DeadLetterAlarm', { isMuted: true }, /is muted/, /list-alarm-mute-rules/],
  [
    'an alarm that tells somebody else',
    'alarm',
    'DeadLetterAlarm',
    { definition: { ...definitionOf('DeadLetterAlarm'), AlarmActions: ['arn:aws:sns:eu-west-1:444455556666:other'] } },
    /was changed: \{"AlarmActions":\["arn:aws:sns:eu-west-1:444455556666:other"\]\}$/,
    /^aws cloudwatch put-metric-alarm/,
  ],
  [
    'the notification removed',
    'notification',
    'TrailBucket',
    { toQueue: null, all: { TopicConfigurations: [{ TopicArn: 'theirs' }] } },
    /does not tell the log-file queue/,
    /^aws s3api put-bucket-notification-configuration --bucket TrailBucket\w+ --notification-configuration '\{"TopicConfigurations":\[\{"TopicArn":"theirs"\}\],"QueueConfigurations":\[\{"QueueArn":"LogFileQueue/,
  ],
  [
    'the lifecycle shortened',
    'bucket',
    'TrailBucket',
    { keptDays: 1 },
    /keeps log files for 1 days, and was deployed with 400/,
    /^aws s3api put-bucket-lifecycle-configuration/,
  ],
  ['versions suspended', 'bucket', 'TrailBucket', { isVersioned: false }, /no versions/, /put-bucket-versioning/],
  ['the bucket opened or closed', 'bucket', 'TrailBucket', { policy: null }, /another policy/, /put-bucket-policy/],
  [
    'the trail stopped',
    'trail',
    'Trail',
    { isLogging: false },
    /does not log: nothing is recorded/,
    /^aws cloudtrail start-logging --name Trail\w*\.Arn$/,
  ],
  ['the trail deleted', 'trail', 'Trail', 'missing', /is gone: nothing is recorded/, undefined],
  [
    'no delivery',
    'trail',
    'Trail',
    { deliveryError: 'AccessDenied' },
    /cannot deliver log files: AccessDenied/,
    /get-trail-status/,
  ],
  ['another bucket', 'trail', 'Trail', { bucket: 'other' }, /has the bucket other/, /^aws cloudtrail update-trail/],
  ['another prefix', 'trail', 'Trail', { prefix: 'x' }, /has the prefix x/, /^aws cloudtrail update-trail/],
  ['one region', 'trail', 'Trail', { isMultiRegion: false }, /one region only/, /--is-multi-region-trail/],
  ['no digests', 'trail', 'Trail', { isValidated: false }, /no digest files/, /--enable-log-file-validation/],
  ['reads only', 'trail', 'Trail', { recordsAll: false }, /leave out/, /^aws cloudtrail put-event-selectors/],
  [
    'the key about to go',
    'key',
    'OperationsKey',
    { isEnabled: false },
    /is disabled or about to be deleted/,
    /^aws kms cancel-key-deletion --key-id OperationsKey/,
  ],
];

test.each(DEVIATIONS)('%s is told, and nothing else', (_, kind, name, found, sentence, command) => {
  expect(toldOf(kind, name, found)).toEqual([
    [
      expect.stringMatching(sentence) as string,
      ...(command === undefined ? [] : [expect.stringMatching(command) as string]),
    ],
  ]);
});

test.each([
  ['the rule disabled', 'rule', 'LogFileRule', { isEnabled: false }, /^aws events enable-rule --name LogFileRule/],
  ['a rule without the queue', 'rule', 'LogFileRule', { targets: [] }, /^aws events put-targets/],
  ['a rule for other events', 'rule', 'LogFileRule', { pattern: { source: ['x'] } }, /^aws events put-rule/],
  ['EventBridge off', 'notification', 'my-trail', { isSentToEventBridge: false }, /"EventBridgeConfiguration":\{\}/],
] as const)('%s is told where the bucket sends to EventBridge', (_, kind, name, found, command) => {
  expect(toldOf(kind, name, found, onBucket)).toEqual([
    [expect.stringMatching(/./), expect.stringMatching(command) as string],
  ]);
});

test('every kind and every member that is looked at is told of above', () => {
  const kinds = new Set([...order.expected, ...onBucket.expected].map(({ kind }) => kind));
  expect([...kinds].filter((kind) => !DEVIATIONS.some((one) => one[1] === kind))).toEqual(['rule']);
});

test.each([
  ['messages kept longer', 'queue', 'DeadLetterQueue', { retentionSeconds: 1_300_000 }],
  ['log files kept longer', 'bucket', 'TrailBucket', { keptDays: 4000 }],
  ['a topic of low alerts without a subscriber', 'topic', 'LowAlerts', { isHeard: false }],
  ['the operations topic without one, which the check itself heeds', 'topic', 'Operations', { isHeard: false }],
] as const)('%s is not told', (_, kind, name, found) => {
  expect(toldOf(kind, name, found)).toEqual([]);
});

describe('the code of the function', () => {
  const at = order.expected.findIndex(({ kind }) => kind === 'function');
  const kept = withKnownCode(order.expected, wellOf(order)).code;
  const memory = { told: {}, others: [], code: kept };
  const replaced = wellBut(order, 'function', 'Function', { codeSha256: 'another' });

  test('is taken for right when it is first seen with its asset', () => {
    expect(Object.values(kept)).toEqual(['as-deployed']);
    const { expected } = withKnownCode(order.expected, replaced);
    expect(deviationsIn(expected, replaced)).toEqual([]);
  });

  test('is told when it is another than that, with the command that brings it back', () => {
    const { expected, code } = withKnownCode(order.expected, replaced, memory);
    expect(deviationsIn(expected, replaced)).toEqual([
      {
        id: expect.stringMatching(/^function Function\w+ codeSha256$/) as string,
        sentence: expect.stringMatching(/runs other code than was first seen/) as string,
        command: expect.stringMatching(
          /^aws lambda update-function-code --function-name Function\w+ --s3-bucket cdk-hnb659fds-assets-111122223333-eu-west-1 --s3-key [0-9a-f]+\.zip$/,
        ) as string,
      },
    ]);
    // And again at the next check.
    expect(code).toEqual(kept);
  });

  test('may be another after a deployment of another asset', () => {
    const later = order.expected.map((one, index) =>
      index === at && one.kind === 'function' ? { ...one, must: { ...one.must, asset: 'bucket/new.zip' } } : one,
    );
    const { expected } = withKnownCode(later, replaced, memory);
    expect(deviationsIn(expected, replaced)).toEqual([]);
  });
});

describe('the same to AWS', () => {
  test.each([
    [{ Action: 'a' }, { Action: ['a'] }],
    [
      { a: 1, b: ['x', 'y'] },
      { b: ['y', 'x'], a: '1' },
    ],
    [{ Principal: '*' }, { Principal: { AWS: '*' } }],
    [null, null],
  ])('%j and %j', (one, other) => expect(same(one, other)).toBe(true));

  test.each([
    [{ Action: 'a' }, { Action: ['a', 'b'] }],
    [{ Effect: 'Allow' }, { Effect: 'Deny' }],
    [{ a: 1 }, {}],
    [null, {}],
    [[], null],
  ])('but not %j and %j', (one, other) => expect(same(one, other)).toBe(false));
});
