import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  Architecture,
  EventSourceMapping,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeFamily,
  type ILayerVersion,
} from 'aws-cdk-lib/aws-lambda';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge, wildcardResource } from './acknowledgements';
import { TABLE_ACTIONS } from './alert-table';
import { functionCode } from './function-code';
import { BATCHING_WINDOW, BATCH_TIMEOUT } from './log-file-queue';
import type { LogFiles } from './log-source';

/** Memory of the function. Lambda gives it CPU in proportion: 1769 MB are one core. */
const MEMORY_MIB = 512;

/** Notifications in one invocation, at most. One message is one log file. */
const BATCH_SIZE = 10;

/** Invocations at a time, at most: log files of a large organization must not use up the account's concurrency. */
const MAX_CONCURRENCY = 10;

/** By its name, so that a version of CDK from before it will do. */
export const NODEJS_24 = new Runtime('nodejs24.x', RuntimeFamily.NODEJS, { supportsInlineCode: true });

export interface MonitorFunctionProps {
  readonly queue: IQueue;
  readonly logFiles: LogFiles;
  readonly alertTopics: readonly ITopic[];
  /** A pattern of the ARNs of the owners' topics. @default - owners have none */
  readonly ownerTopicsArn?: string;
  readonly table: Pick<ITable, 'tableArn'>;
  /** Holds the settings file that `environment` names. */
  readonly settings: ILayerVersion;
  readonly environment: Readonly<Record<string, string>>;
  /** @default - Node.js 24 */
  readonly runtime?: Runtime | undefined;
  /** @default - arm64 */
  readonly architecture?: Architecture | undefined;
}

const followsDigests = ({ digestArnPattern }: LogFiles): boolean => digestArnPattern !== undefined;

/** The function, and what feeds it. Its role holds what is written here and nothing else. */
export function createMonitorFunction(scope: Construct, props: MonitorFunctionProps): LambdaFunction {
  const { queue, logFiles } = props;
  const role = new Role(scope, 'FunctionRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new LogGroup(scope, 'FunctionLogs', { retention: RetentionDays.THREE_MONTHS });
  const monitor = new LambdaFunction(scope, 'Function', {
    description: 'Judges Amazon ES/OpenSearch Service configuration calls in CloudTrail log files',
    code: functionCode('function'),
    handler: 'index.handler',
    runtime: props.runtime ?? NODEJS_24,
    architecture: props.architecture ?? Architecture.ARM_64,
    memorySize: MEMORY_MIB,
    timeout: BATCH_TIMEOUT,
    layers: [props.settings],
    environment: props.environment,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
  });

  logGroup.grantWrite(role);
  for (const statement of permissions(props)) role.addToPolicy(statement);

  const mapping = new EventSourceMapping(scope, 'LogFileMapping', {
    target: monitor,
    eventSourceArn: queue.queueArn,
    batchSize: BATCH_SIZE,
    maxBatchingWindow: BATCHING_WINDOW,
    maxConcurrency: MAX_CONCURRENCY,
    reportBatchItemFailures: true,
  });

  const unknown = 'Log files have names that cannot be known before they are written; only their folder can be named';
  acknowledge(
    role,
    Object.fromEntries(readPatterns(logFiles).map((pattern) => [wildcardResource(scope, pattern), unknown])),
  );
  if (props.ownerTopicsArn !== undefined) {
    acknowledge(role, {
      [wildcardResource(scope, props.ownerTopicsArn)]:
        'The topics of the owners, whose names all begin so; a role cannot name hundreds of them',
    });
  }
  acknowledge(monitor, {
    'Serverless-LambdaDLQ':
      'Nothing invokes the function asynchronously; the queue that feeds it has a dead-letter queue',
    'Serverless-LambdaTracing':
      "A trace would show files being read and alerts being published, which Lambda's report in the log times as a whole; it would cost a permission on every resource and a slower start",
  });
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'Lambda takes no failure destination for a queue; the dead-letter queue of the queue does that work',
  });
  return monitor;
}

/** Written out because CDK's grants give more: listing the bucket, changing the visibility of messages, scanning the table. */
function permissions(props: MonitorFunctionProps): PolicyStatement[] {
  const { queue, logFiles, alertTopics, ownerTopicsArn, table } = props;
  return [
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: readPatterns(logFiles),
      ...inAccount(logFiles),
    }),
    // Without it S3 does not tell a log file that is gone from one that may not be read.
    ...(followsDigests(logFiles)
      ? [
          new PolicyStatement({
            actions: ['s3:ListBucket'],
            resources: [logFiles.bucket.bucketArn],
            ...inAccount(logFiles),
          }),
        ]
      : []),
    ...decryption(logFiles),
    new PolicyStatement({
      actions: ['sns:Publish'],
      resources: [
        ...alertTopics.map((topic) => topic.topicArn),
        ...(ownerTopicsArn === undefined ? [] : [ownerTopicsArn]),
      ],
    }),
    new PolicyStatement({
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        // What a digest lists, it puts there itself.
        ...(followsDigests(logFiles) ? ['sqs:SendMessage'] : []),
      ],
      resources: [queue.queueArn],
    }),
    new PolicyStatement({
      actions: [...TABLE_ACTIONS],
      resources: [table.tableArn],
    }),
  ];
}

const readPatterns = ({ arnPattern, digestArnPattern }: LogFiles): string[] => [
  arnPattern,
  ...(digestArnPattern === undefined ? [] : [digestArnPattern]),
];

/** A bucket that is deleted leaves its name to anybody. */
const inAccount = ({ account }: LogFiles) =>
  account === undefined ? {} : { conditions: { StringEquals: { 's3:ResourceAccount': account } } };

function decryption({ encryptionKey, region }: LogFiles): PolicyStatement[] {
  if (!encryptionKey) return [];
  return [
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      ...(region !== undefined && {
        conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${Aws.URL_SUFFIX}` } },
      }),
    }),
  ];
}
