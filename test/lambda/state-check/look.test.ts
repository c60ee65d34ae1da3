import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { deviationsIn, type ExpectedOf, type Kind } from '../../../core/state';
import * as clients from '../../../lambda/state-check/clients';
import { lookAtAll } from '../../../lambda/state-check/look';
import { templateWith } from '../../lib/stack-in';
import { orderIn } from '../../support/deployed';

const order = orderIn(
  templateWith({
    subscribers: [{ subscription: new EmailSubscription('oncall@example.com'), minimumSeverity: 'HIGH' }],
  }),
);

type Input = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (input: Input) => unknown>>;

function expectedOf<K extends Kind>(kind: K, name: unknown): ExpectedOf<K> {
  const found = order.expected.find((one) => one.kind === kind && one.name === name);
  if (!found) throw new Error(`no ${kind} ${String(name)}`);
  return found as unknown as ExpectedOf<K>;
}

const subscriptionsOf = (topic: unknown) =>
  order.expected.flatMap((one) => (one.kind === 'subscription' && one.must.topicArn === topic ? [one.must] : []));

/** What AWS answers where everything is as it was deployed, in the words of its APIs. */
const AS_DEPLOYED: Answers = {
  GetTopicAttributes: ({ TopicArn }) => ({
    Attributes: { Policy: JSON.stringify(expectedOf('topic', TopicArn).must.policy), SubscriptionsConfirmed: '1' },
  }),
  ListSubscriptionsByTopic: ({ TopicArn }) => ({
    Subscriptions: [
      { SubscriptionArn: 'Deleted', Protocol: 'email', Endpoint: 'oncall@example.com' },
      ...subscriptionsOf(TopicArn).map(({ protocol, endpoint }) => ({
        SubscriptionArn: `arn:aws:sns:eu-west-1:111122223333:${String(TopicArn)}:1`,
        Protocol: protocol,
        Endpoint: endpoint,
      })),
    ],
  }),
  GetSubscriptionAttributes: ({ SubscriptionArn }) => {
    const [must] = subscriptionsOf(String(SubscriptionArn).split(':').at(-2));
    return {
      Attributes: {
        RawMessageDelivery: String(must?.isRaw),
        FilterPolicyScope: 'MessageAttributes',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: must?.deadLetterQueue }),
      },
    };
  },
  GetQueueAttributes: ({ QueueUrl }) => {
    const { must } = expectedOf('queue', QueueUrl);
    return {
      Attributes: {
        MessageRetentionPeriod: String(must.retentionSeconds),
        VisibilityTimeout: String(must.visibilitySeconds),
        Policy: JSON.stringify(must.policy),
        ...(must.redrive && { RedrivePolicy: JSON.stringify(must.redrive) }),
      },
    };
  },
  GetFunctionConfiguration: ({ FunctionName }) => {
    const { must } = expectedOf('function', FunctionName);
    return {
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Handler: must.handler,
      Role: must.role,
      Timeout: must.timeoutSeconds,
      MemorySize: must.memoryMB,
      Environment: { Variables: must.environment },
      Layers: must.layers.map((Arn) => ({ Arn, CodeSize: 1 })),
      CodeSha256: 'abc',
    };
  },
  GetFunctionConcurrency: () => ({}),
  GetEventSourceMapping: ({ UUID }) => {
    const { must } = expectedOf('mapping', UUID);
    return {
      State: 'Enabled',
      FunctionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${must.functionName}`,
      EventSourceArn: must.queueArn,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
  },
  DescribeTable: () => ({ Table: { TableStatus: 'ACTIVE' } }),
  DescribeAlarms: ({ AlarmNames }) => {
    const [name] = AlarmNames as readonly string[];
    const { must } = expectedOf('alarm', name);
    return {
      MetricAlarms: [
        {
          AlarmName: name,
          ActionsEnabled: true,
          InsufficientDataActions: [],
          StateValue: 'OK',
          StateUpdatedTimestamp: new Date(0),
          ...must.definition,
        },
      ],
    };
  },
  DescribeRule: ({ Name }) => ({
    State: 'ENABLED',
    EventPattern: JSON.stringify(expectedOf('rule', Name).must.pattern),
  }),
  ListTargetsByRule: ({ Rule }) => ({ Targets: expectedOf('rule', Rule).must.targets.map((Arn) => ({ Arn })) }),
  ListAlarmMuteRules: () => ({ AlarmMuteRuleSummaries: [] }),
  GetBucketNotificationConfiguration: () => {
    const { toQueue } = expectedOf('notification', order.expected.find(({ kind }) => kind === 'notification')?.name)
      .must as {
      toQueue: { Filter: { Key: { FilterRules: { Name: string; Value: string }[] } } };
    };
    const FilterRules = toQueue.Filter.Key.FilterRules.map(({ Name, Value }) => ({
      Name: Name === 'prefix' ? 'Prefix' : 'Suffix',
      Value,
    })).toReversed();
    return {
      $metadata: {},
      QueueConfigurations: [
        { Id: 'other', QueueArn: 'theirs', Events: ['s3:ObjectRemoved:*'] },
        { ...toQueue, Id: 'made-by-cdk', Filter: { Key: { FilterRules } } },
      ],
    };
  },
  GetBucketVersioning: () => ({ Status: 'Enabled' }),
  GetBucketLifecycleConfiguration: () => ({
    Rules: [
      { Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 400 } },
      { Status: 'Disabled', Expiration: { Days: 1 } },
    ],
  }),
  GetBucketPolicy: ({ Bucket }) => ({ Policy: JSON.stringify(expectedOf('bucket', Bucket).must.policy) }),
  GetTrailStatus: () => ({ IsLogging: true, LatestDeliveryError: '' }),
  GetTrail: ({ Name }) => ({
    Trail: {
      S3BucketName: expectedOf('trail', Name).must.bucket,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      LogFileValidationEnabled: true,
    },
  }),
  GetEventSelectors: () => ({
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }],
  }),
  DescribeKey: () => ({ KeyMetadata: { KeyState: 'Enabled' } }),
};

/** Looks, where AWS answers as it does when everything is as deployed, but for `others`. */
async function sentencesWith(others: Answers): Promise<readonly string[]> {
  const answers = { ...AS_DEPLOYED, ...others };
  for (const client of Object.values(clients)) {
    jest.spyOn(client as { send: (command: object) => unknown }, 'send').mockImplementation(async (command) => {
      const name = command.constructor.name.replace(/Command$/, '');
      const answer = answers[name];
      if (!answer) throw new Error(`nobody asked for ${name}`);
      return answer((command as { input: Input }).input);
    });
  }
  return deviationsIn(order.expected, await lookAtAll(order.expected)).map(({ sentence }) => sentence);
}

afterEach(() => jest.restoreAllMocks());

const refusal = (name: string) => () => {
  throw Object.assign(new Error(`it was ${name}`), { name });
};

const changed =
  (operation: string, change: (answer: never) => unknown): Answers[string] =>
  (input) =>
    change(AS_DEPLOYED[operation]?.(input) as never);

test('finds nothing in what AWS answers where everything is as deployed', async () => {
  expect(await sentencesWith({})).toEqual([]);
});

const DAMAGE: readonly (readonly [string, Answers, readonly RegExp[]])[] = [
  [
    'a subscription removed',
    { ListSubscriptionsByTopic: () => ({ Subscriptions: [] }) },
    [/HighAlerts.* is gone/, /CriticalAlerts.* is gone/],
  ],
  [
    'a subscription pending',
    {
      ListSubscriptionsByTopic: () => ({
        Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Protocol: 'email', Endpoint: 'oncall@example.com' }],
      }),
    },
    // What SNS does not tell of it is not told as changed.
    [/HighAlerts.* is not confirmed/, /CriticalAlerts.* is not confirmed/],
  ],
  [
    'filter policies',
    {
      GetSubscriptionAttributes: changed('GetSubscriptionAttributes', ({ Attributes }: { Attributes: object }) => ({
        Attributes: { ...Attributes, FilterPolicy: '{"severity":["NONE"]}' },
      })),
    },
    [/has a filter policy/, /has a filter policy/],
  ],
  [
    'a queue that is gone',
    {
      GetQueueAttributes: (input) =>
        String(input['QueueUrl']).startsWith('LogFileQueue')
          ? refusal('QueueDoesNotExist')()
          : AS_DEPLOYED['GetQueueAttributes']?.(input),
    },
    [/^queue LogFileQueue\w+ is gone/],
  ],
  ['a concurrency of none', { GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: 0 }) }, [/never starts/]],
  [
    'a mapping that is disabled',
    { GetEventSourceMapping: changed('GetEventSourceMapping', (one: object) => ({ ...one, State: 'Disabled' })) },
    [/is disabled/],
  ],
  [
    'a mapping with a filter',
    {
      GetEventSourceMapping: changed('GetEventSourceMapping', (one: object) => ({
        ...one,
        FilterCriteria: { Filters: [{ Pattern: '{"a":["b"]}' }] },
      })),
    },
    [/deleted unread/],
  ],
  ['a table that is gone', { DescribeTable: refusal('ResourceNotFoundException') }, [/^table .* is gone/]],
  [
    'alarms that are gone',
    {
      DescribeAlarms: (input) =>
        String(input['AlarmNames']).startsWith('NoLog') ? { MetricAlarms: [] } : AS_DEPLOYED['DescribeAlarms']?.(input),
    },
    [/^alarm NoLogFilesAlarm\w+ is gone$/],
  ],
  [
    'a mute rule',
    {
      ListAlarmMuteRules: ({ AlarmName }) =>
        String(AlarmName).startsWith('DeadLetter') ? { AlarmMuteRuleSummaries: [{ Status: 'SCHEDULED' }] } : {},
    },
    [/^alarm DeadLetterAlarm\w+ is muted/],
  ],
  [
    'notifications removed',
    { GetBucketNotificationConfiguration: () => ({ $metadata: {} }) },
    [/does not tell the log-file queue/],
  ],
  ['no policy on the bucket', { GetBucketPolicy: refusal('NoSuchBucketPolicy') }, [/has another policy/]],
  [
    'a lifecycle of a day',
    { GetBucketLifecycleConfiguration: () => ({ Rules: [{ Status: 'Enabled', Expiration: { Days: 1 } }] }) },
    [/keeps log files for 1 days/],
  ],
  ['a trail that is stopped', { GetTrailStatus: () => ({ IsLogging: false }) }, [/does not log/]],
  [
    'a trail that cannot deliver',
    { GetTrailStatus: () => ({ IsLogging: true, LatestDeliveryError: 'NoSuchBucket' }) },
    [/cannot deliver log files: NoSuchBucket/],
  ],
  ['a trail that is gone', { GetTrailStatus: refusal('TrailNotFoundException') }, [/^trail .* is gone/]],
  [
    'selectors of reads only',
    { GetEventSelectors: () => ({ EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }) },
    [/leave out/],
  ],
  [
    'selectors that exclude a service',
    {
      GetEventSelectors: () => ({
        EventSelectors: [
          { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: ['kms.amazonaws.com'] },
        ],
      }),
    },
    [/leave out/],
  ],
  [
    'advanced selectors of writes only',
    {
      GetEventSelectors: () => ({
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Management'] },
              { Field: 'readOnly', Equals: ['false'] },
            ],
          },
        ],
      }),
    },
    [/leave out/],
  ],
  [
    'a key about to be deleted',
    { DescribeKey: () => ({ KeyMetadata: { KeyState: 'PendingDeletion' } }) },
    [/^key .* is disabled or about/],
  ],
  [
    'what may not be looked at',
    { DescribeKey: refusal('AccessDeniedException') },
    [/cannot be looked at: it was AccessDeniedException$/],
  ],
];

test.each(DAMAGE)('finds %s', async (_, answers, sentences) => {
  expect(await sentencesWith(answers)).toEqual(sentences.map((one) => expect.stringMatching(one) as string));
});

test.each<readonly [string, Answers]>([
  [
    'an advanced selector of all management events',
    {
      GetEventSelectors: () => ({
        AdvancedEventSelectors: [
          { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] },
          { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        ],
      }),
    },
  ],
  ['no lifecycle at all', { GetBucketLifecycleConfiguration: refusal('NoSuchLifecycleConfiguration') }],
  [
    'a function that is updated right now',
    {
      GetFunctionConfiguration: changed('GetFunctionConfiguration', (one: object) => ({
        ...one,
        LastUpdateStatus: 'InProgress',
      })),
    },
  ],
  [
    'an empty filter policy',
    {
      GetSubscriptionAttributes: changed('GetSubscriptionAttributes', ({ Attributes }: { Attributes: object }) => ({
        Attributes: { ...Attributes, FilterPolicy: '{}' },
      })),
    },
  ],
])('finds nothing wrong with %s', async (_, answers) => {
  expect(await sentencesWith(answers)).toEqual([]);
});

test.each(['ThrottlingException', 'TimeoutError', 'InternalFailure'])(
  'fails at a %s, which tells of nothing',
  async (name) => {
    await expect(sentencesWith({ GetTrailStatus: refusal(name) })).rejects.toThrow(
      /^trail .* cannot be looked at: it was/,
    );
  },
);
