import { jsonArgument } from '../alert';
import { plain } from '../base/plain-text';
import type { ExpectedOf, Kind, Members } from './resources';
import { same } from './same';

/** What is said of a member that is not as it was deployed, and done about it. */
export interface Aspect<K extends Kind, M extends keyof Members[K]> {
  /** The rest of a sentence that begins with the resource. */
  readonly says: (found: Members[K][M], must: Members[K][M]) => string;
  /** Whether what was found is as good as what was deployed. @default - they are the same */
  readonly holds?: (found: Members[K][M], must: Members[K][M]) => boolean;
  /** A call of the AWS CLI, without its region. @default - that of the kind */
  readonly putRight?: (expected: ExpectedOf<K>, found: Members[K]) => string;
}

interface Kinds<K extends Kind> {
  /** How a sentence begins. */
  readonly noun: (expected: ExpectedOf<K>) => string;
  /** The rest of the sentence where it is not there. */
  readonly gone: string;
  readonly makeAgain?: (expected: ExpectedOf<K>) => string;
  readonly putRight?: (expected: ExpectedOf<K>) => string;
  readonly aspects: { readonly [M in keyof Members[K]]: Aspect<K, M> | null };
}

const lastOf = (name: string): string => plain(name.split(/[:/]/).at(-1) ?? name, 120);
const shown = (value: unknown): string => plain(typeof value === 'string' ? value : JSON.stringify(value), 160);

/** A text as a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w@.+:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

const differs = (what: string) => (found: unknown, must: unknown) =>
  `has ${what} ${shown(found)}, and was deployed with ${shown(must)}`;

const setQueue = ({ name, must }: ExpectedOf<'queue'>): string =>
  `aws sqs set-queue-attributes --queue-url ${name} --attributes ${jsonArgument({
    MessageRetentionPeriod: String(must.retentionSeconds),
    VisibilityTimeout: String(must.visibilitySeconds),
    RedrivePolicy: must.redrive === null ? '' : JSON.stringify(must.redrive),
    Policy: JSON.stringify(must.policy),
  })}`;

const setFunction = ({ name, must }: ExpectedOf<'function'>): string =>
  `aws lambda update-function-configuration --function-name ${name} --handler ${must.handler} --role ${must.role} ` +
  `--timeout ${must.timeoutSeconds} --memory-size ${must.memoryMB} --layers ${jsonArgument(must.layers)} ` +
  `--environment ${jsonArgument({ Variables: must.environment })}`;

const setMapping = ({ name, must }: ExpectedOf<'mapping'>): string =>
  `aws lambda update-event-source-mapping --uuid ${name} --function-name ${must.functionName} --enabled ` +
  `--filter-criteria ${jsonArgument({})} --function-response-types ReportBatchItemFailures`;

const setAlarm = ({ name, must }: ExpectedOf<'alarm'>): string =>
  `aws cloudwatch put-metric-alarm --cli-input-json ${jsonArgument({ AlarmName: name, ActionsEnabled: true, ...must.definition })}`;

const setTrail = ({ name, must }: ExpectedOf<'trail'>): string =>
  `aws cloudtrail update-trail --name ${name} --s3-bucket-name ${must.bucket} --is-multi-region-trail ` +
  `--include-global-service-events --enable-log-file-validation${must.key === null ? '' : ` --kms-key-id ${must.key}`}`;

const subscribe = ({ must }: ExpectedOf<'subscription'>): string =>
  `aws sns subscribe --topic-arn ${must.topicArn} --protocol ${must.protocol} --notification-endpoint ${quoted(must.endpoint)} ` +
  `--attributes ${jsonArgument({
    ...(must.isRaw && { RawMessageDelivery: 'true' }),
    ...(must.deadLetterQueue !== null && {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: must.deadLetterQueue }),
    }),
  })}`;

const setSubscription = (name: string, value: (must: Members['subscription']) => string) => {
  return ({ must }: ExpectedOf<'subscription'>): string =>
    `aws sns set-subscription-attributes --attribute-name ${name} --attribute-value ${quoted(value(must))} ` +
    `--subscription-arn "$(aws sns list-subscriptions-by-topic --topic-arn ${must.topicArn} --output text ` +
    `--query ${quoted(`Subscriptions[?Endpoint==\`${jsonArgument(must.endpoint).slice(1, -1)}\`].SubscriptionArn | [0]`)})"`;
};

/** What is looked at, by kind. Members that are `null` here tell what was found, and must be nothing. */
export const KINDS: { readonly [K in Kind]: Kinds<K> } = {
  topic: {
    noun: ({ name }) => `topic ${lastOf(name)}`,
    gone: 'is gone: nothing can be published to it',
    aspects: {
      policy: {
        says: () => 'has another policy than it was deployed with: others may publish, or we may not',
        holds: (found, must) => must === null || same(found, must),
        putRight: ({ name, must }) =>
          `aws sns set-topic-attributes --topic-arn ${name} --attribute-name Policy --attribute-value ${jsonArgument(must.policy)}`,
      },
      isHeard: {
        says: () => 'has no confirmed subscription: nobody hears what is published to it',
        holds: (found, must) => must !== true || found === true,
      },
    },
  },
  subscription: {
    noun: ({ must: { protocol, endpoint, topicArn } }) =>
      `the ${protocol} subscription of ${lastOf(endpoint)} to ${lastOf(topicArn)}`,
    gone: 'is gone: it is told nothing any more',
    makeAgain: subscribe,
    aspects: {
      topicArn: null,
      protocol: null,
      endpoint: null,
      isConfirmed: {
        says: () => 'is not confirmed: it is told nothing, and SNS forgets it after two days',
        putRight: subscribe,
      },
      filterPolicy: {
        says: (found) => `has a filter policy, which keeps alerts from it: ${shown(found)}`,
        putRight: setSubscription('FilterPolicy', () => '{}'),
      },
      isRaw: {
        says: (found) => `is given ${found ? 'the bare message' : 'the message in an envelope'}, other than deployed`,
        putRight: setSubscription('RawMessageDelivery', ({ isRaw }) => String(isRaw)),
      },
      deadLetterQueue: {
        says: () =>
          'has not the dead-letter queue it was deployed with: what cannot be delivered is lost without a word',
        putRight: setSubscription('RedrivePolicy', (must) =>
          must.deadLetterQueue === null ? '' : JSON.stringify({ deadLetterTargetArn: must.deadLetterQueue }),
        ),
      },
    },
  },
  queue: {
    noun: ({ name }) => `queue ${lastOf(name)}`,
    gone: 'is gone, with all that was in it',
    putRight: setQueue,
    aspects: {
      retentionSeconds: {
        says: (found, must) => `keeps messages for ${found} seconds only, and was deployed with ${must}`,
        holds: (found, must) => found >= must,
      },
      visibilitySeconds: { says: differs('the visibility timeout') },
      redrive: { says: differs('the redrive policy') },
      policy: {
        says: () => 'has another policy than it was deployed with: who may send to it, or read it, has changed',
      },
    },
  },
  function: {
    noun: ({ name }) => `function ${lastOf(name)}`,
    gone: 'is gone: nothing is judged',
    putRight: setFunction,
    aspects: {
      failure: { says: (found) => `does not run: ${shown(found)}` },
      reservedConcurrency: {
        says: (found, must) =>
          found === 0
            ? 'has a reserved concurrency of 0: it never starts'
            : `has ${found === null ? 'no reserved concurrency' : `a reserved concurrency of ${found}`}, and was deployed with ${must === null ? 'none' : must}`,
        putRight: ({ name, must: { reservedConcurrency } }) =>
          reservedConcurrency === null
            ? `aws lambda delete-function-concurrency --function-name ${name}`
            : `aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions ${reservedConcurrency}`,
      },
      handler: { says: differs('the handler') },
      role: { says: differs('the role') },
      timeoutSeconds: { says: differs('the timeout') },
      memoryMB: { says: differs('the memory') },
      environment: { says: () => 'has other environment variables than it was deployed with' },
      layers: { says: differs('the layers') },
      asset: null,
      codeSha256: {
        says: () => 'runs other code than was first seen after its deployment',
        holds: (found, must) => must === null || found === must,
        putRight: ({ name, must: { asset } }) => {
          const [bucket, ...key] = asset.split('/');
          return `aws lambda update-function-code --function-name ${name} --s3-bucket ${bucket} --s3-key ${key.join('/')}`;
        },
      },
    },
  },
  mapping: {
    noun: ({ name }) => `event source mapping ${lastOf(name)}`,
    gone: 'is gone: nothing feeds the function',
    makeAgain: ({ must }) =>
      `aws lambda create-event-source-mapping --function-name ${must.functionName} --event-source-arn ${must.queueArn} ` +
      '--batch-size 10 --maximum-batching-window-in-seconds 5 --scaling-config MaximumConcurrency=10 --function-response-types ReportBatchItemFailures',
    putRight: setMapping,
    aspects: {
      isEnabled: { says: () => 'is disabled: nothing feeds the function' },
      filter: { says: (found) => `has a filter, and what does not match it is deleted unread: ${shown(found)}` },
      reportsFailures: { says: () => 'takes no report of single failures: a log file that failed counts as done' },
      functionName: { says: differs('the function') },
      queueArn: { says: differs('the queue') },
    },
  },
  table: {
    noun: ({ name }) => `table ${lastOf(name)}`,
    gone: 'is gone: what was told and what held before is not known any more',
    aspects: { isThere: { says: () => 'cannot be used' } },
  },
  alarm: {
    noun: ({ name }) => `alarm ${lastOf(name)}`,
    gone: 'is gone',
    makeAgain: setAlarm,
    putRight: setAlarm,
    aspects: {
      actionsEnabled: {
        says: () => 'tells nobody: its actions are off',
        putRight: ({ name }) => `aws cloudwatch enable-alarm-actions --alarm-names ${name}`,
      },
      isMuted: {
        says: () => 'is muted by a mute rule',
        putRight: ({ name }) => `aws cloudwatch list-alarm-mute-rules --alarm-name ${name}`,
      },
      definition: { says: (found, must) => `was changed: ${shown(changed(found, must))}` },
    },
  },
  notification: {
    noun: ({ name }) => `bucket ${lastOf(name)}`,
    gone: 'is gone',
    aspects: {
      toQueue: {
        says: () => 'does not tell the log-file queue of log files any more',
        putRight: ({ name, must }, found) =>
          `aws s3api put-bucket-notification-configuration --bucket ${name} --notification-configuration ${jsonArgument(withOurs(found.all, must.toQueue))}`,
      },
      isSentToEventBridge: {
        says: () => 'sends nothing to EventBridge any more, whose rule tells of log files',
        holds: (found, must) => must === null || found === must,
        putRight: ({ name }, found) =>
          `aws s3api put-bucket-notification-configuration --bucket ${name} --notification-configuration ${jsonArgument({ ...(found.all as object), EventBridgeConfiguration: {} })}`,
      },
      all: null,
    },
  },
  bucket: {
    noun: ({ name }) => `bucket ${lastOf(name)}`,
    gone: 'is gone, with the log files',
    aspects: {
      isVersioned: {
        says: () => 'keeps no versions any more: a log file that is deleted is gone for good',
        putRight: ({ name }) =>
          `aws s3api put-bucket-versioning --bucket ${name} --versioning-configuration Status=Enabled`,
      },
      keptDays: {
        says: (found, must) => `keeps log files for ${found} days, and was deployed with ${must}`,
        holds: (found, must) => found >= must,
        putRight: ({ name, must: { keptDays } }) =>
          `aws s3api put-bucket-lifecycle-configuration --bucket ${name} --lifecycle-configuration ${jsonArgument({
            Rules: [
              {
                ID: 'log-files',
                Status: 'Enabled',
                Filter: { Prefix: '' },
                Expiration: { Days: keptDays },
                NoncurrentVersionExpiration: { NoncurrentDays: 30 },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
              },
            ],
          })}`,
      },
      policy: {
        says: () => 'has another policy than it was deployed with: CloudTrail may be kept out, or others let in',
        putRight: ({ name, must }) =>
          `aws s3api put-bucket-policy --bucket ${name} --policy ${jsonArgument(must.policy)}`,
      },
    },
  },
  rule: {
    noun: ({ name }) => `EventBridge rule ${lastOf(name)}`,
    gone: 'is gone',
    aspects: {
      isEnabled: {
        says: () => 'is disabled',
        putRight: ({ name }) => `aws events enable-rule --name ${name}`,
      },
      pattern: {
        says: () => 'has another event pattern than it was deployed with',
        putRight: ({ name, must }) =>
          `aws events put-rule --name ${name} --state ENABLED --event-pattern ${jsonArgument(must.pattern)}`,
      },
      targets: {
        says: differs('the targets'),
        putRight: ({ name, must }) =>
          `aws events put-targets --rule ${name} --targets ${jsonArgument(must.targets.map((Arn, at) => ({ Id: `Target${at}`, Arn })))}`,
      },
    },
  },
  trail: {
    noun: ({ name }) => `trail ${lastOf(name)}`,
    gone: 'is gone: nothing is recorded',
    putRight: setTrail,
    aspects: {
      isLogging: {
        says: () => 'does not log: nothing is recorded',
        putRight: ({ name }) => `aws cloudtrail start-logging --name ${name}`,
      },
      deliveryError: {
        says: (found) => `cannot deliver log files: ${shown(found)}`,
        putRight: ({ name }) => `aws cloudtrail get-trail-status --name ${name}`,
      },
      bucket: { says: differs('the bucket') },
      prefix: { says: differs('the prefix') },
      key: { says: differs('the key') },
      isMultiRegion: { says: () => 'records one region only' },
      includesGlobalEvents: { says: () => 'leaves out the events of global services' },
      isValidated: { says: () => 'writes no digest files: what is deleted or altered cannot be told any more' },
      recordsAll: {
        says: () => 'does not record all management events: its selectors leave out reads, writes or a service',
        putRight: ({ name }) =>
          `aws cloudtrail put-event-selectors --trail-name ${name} --event-selectors ${jsonArgument([
            { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] },
          ])}`,
      },
    },
  },
  key: {
    noun: ({ name }) => `key ${lastOf(name)}`,
    gone: 'is gone: what is encrypted under it cannot be read',
    aspects: {
      isEnabled: {
        says: () => 'is disabled or about to be deleted: what is encrypted under it cannot be read',
        putRight: ({ name }) => `aws kms cancel-key-deletion --key-id ${name}; aws kms enable-key --key-id ${name}`,
      },
    },
  },
};

/** The members of an alarm that are not as deployed. */
function changed(found: Readonly<Record<string, unknown>>, must: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.keys(must)
      .filter((name) => !same(found[name], must[name]))
      .map((name) => [name, found[name] ?? null]),
  );
}

/** Everything that a bucket tells of already, and ours. */
function withOurs(all: unknown, ours: unknown): unknown {
  const others = (all ?? {}) as { readonly QueueConfigurations?: readonly unknown[] };
  return { ...others, QueueConfigurations: [...(others.QueueConfigurations ?? []), ours] };
}
