import { gzipSync } from 'node:zlib';
import { type Random, randomFrom } from './random';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const ES = 'es.amazonaws.com';

/** Raw sizes, in bytes, of the log files the figures are taken from. */
const SIZES = { '50k': 50_000, '1m': 1_000_000, '10m': 10_000_000, '50m': 50_000_000 } as const;

export type Size = keyof typeof SIZES;

/**
 * `es0`: no record of ours, no mention of the service. `benign`: mentions of it in other services' records, as in every
 * account that has a domain. `utf8`: tags outside ASCII. `es1`: one record in a hundred is ours.
 */
export type Variant = 'es0' | 'benign' | 'utf8' | 'es1';

export interface LogFile {
  readonly name: string;
  /** As it lies in the bucket. */
  readonly gzip: Buffer;
  readonly rawBytes: number;
  readonly records: number;
}

/** The log file of a size and a variant: the same on every machine. */
export function logFile(size: Size, variant: Variant): LogFile {
  return toLogFile(`${size} ${variant}`, recordsOf(SIZES[size], variant, randomFrom(SIZES[size])));
}

export function toLogFile(name: string, records: readonly string[]): LogFile {
  const json = Buffer.from(`{"Records":[${records.join(',')}]}`);
  return { name, gzip: gzipSync(json), rawBytes: json.length, records: records.length };
}

/** Records, as JSON, of about `bytes` bytes together. */
export function recordsOf(bytes: number, variant: Variant, random: Random): string[] {
  const records: string[] = [];
  for (let size = 0; size < bytes;) {
    const text = JSON.stringify(record(variant, records.length, random));
    records.push(text);
    size += text.length + 1;
  }
  return records;
}

type Fields = Readonly<Record<string, unknown>>;

function record(variant: Variant, index: number, random: Random): Fields {
  if (variant === 'es1' && index % 100 === 10) return domainUpdate(random);
  const shape = index % 400 === 200 ? manyInstances : random.pick(SHAPES);
  const fields = shape(random);
  if (variant === 'benign' && random.chance(0.02)) return mentioning(fields, random);
  if (variant === 'utf8' && random.chance(0.1)) return { ...fields, additionalEventData: { tags: random.pick(TAGS) } };
  return fields;
}

type List<T> = readonly [T, ...T[]];

const TAGS: List<readonly string[]> = [['Zürich', 'façade'], ['東京', '本番'], ['Привет'], ['🚀 launch']];

/** The service acts for a caller, or is named where another service is configured. */
function mentioning(fields: Fields, random: Random): Fields {
  return random.pick<() => Fields>([
    () => ({ ...fields, sourceIPAddress: ES, userAgent: ES }),
    () => ({ ...fields, userIdentity: { type: 'AWSService', invokedBy: ES } }),
    () => ({ ...fields, requestParameters: { policyDocument: policyFor(ES) } }),
  ])();
}

function call(random: Random, eventSource: string, eventName: string, rest: Fields): Fields {
  const role = random.pick(['deploy', 'reader', 'backup', 'pipeline', 'ops-admin']);
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${random.text(17, UPPER)}:${role}-session`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${role}-session`,
      accountId: ACCOUNT,
      accessKeyId: `ASIA${random.text(16, UPPER)}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: `AROA${random.text(17, UPPER)}`,
          arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          accountId: ACCOUNT,
          userName: role,
        },
        attributes: { creationDate: time(random), mfaAuthenticated: 'false' },
      },
    },
    eventTime: time(random),
    eventSource,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: `203.0.113.${random.below(256)}`,
    userAgent:
      'aws-sdk-java/2.29.6 md/io#async md/http#NettyNio ua/2.1 os/Linux#6.1 lang/java#21.0.5 cfg/retry-mode#legacy',
    requestParameters: null,
    responseElements: null,
    ...rest,
    requestID: uuid(random),
    eventID: uuid(random),
    readOnly: /^(Get|List|Describe|Decrypt|Head)/.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: eventSource.replace('.', `.${REGION}.`),
    },
  };
}

type Shape = (random: Random) => Fields;

const SHAPES: List<Shape> = [
  (random) =>
    call(random, 'sts.amazonaws.com', 'AssumeRole', {
      requestParameters: {
        roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
        roleSessionName: random.text(12),
        durationSeconds: 3600,
      },
      responseElements: {
        credentials: {
          accessKeyId: `ASIA${random.text(16, UPPER)}`,
          sessionToken: random.text(420),
          expiration: time(random),
        },
        assumedRoleUser: {
          assumedRoleId: `AROA${random.text(17, UPPER)}:x`,
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/x`,
        },
      },
      resources: [{ accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: `arn:aws:iam::${ACCOUNT}:role/deploy` }],
    }),
  (random) =>
    call(random, 'kms.amazonaws.com', 'Decrypt', {
      requestParameters: {
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::data-lake/year=2026/${uuid(random)}.parquet` },
      },
      resources: [
        { accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${uuid(random)}` },
      ],
    }),
  (random) =>
    call(random, 'kms.amazonaws.com', 'GenerateDataKey', {
      requestParameters: { keyId: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${uuid(random)}`, keySpec: 'AES_256' },
    }),
  (random) =>
    call(random, 's3.amazonaws.com', 'GetObject', {
      requestParameters: {
        bucketName: 'data-lake',
        key: `year=2026/${uuid(random)}.parquet`,
        Host: `data-lake.s3.${REGION}.amazonaws.com`,
      },
      additionalEventData: {
        SignatureVersion: 'SigV4',
        bytesTransferredOut: random.below(9_000_000),
        'x-amz-id-2': random.text(72),
      },
      managementEvent: false,
      eventCategory: 'Data',
    }),
  (random) =>
    call(random, 's3.amazonaws.com', 'PutBucketPolicy', {
      requestParameters: {
        bucketName: 'data-lake',
        bucketPolicy: JSON.parse(policyFor('delivery.logs.amazonaws.com')) as Fields,
      },
    }),
  (random) =>
    call(random, 'iam.amazonaws.com', 'PutRolePolicy', {
      requestParameters: {
        roleName: 'deploy',
        policyName: random.text(10),
        policyDocument: policyFor('lambda.amazonaws.com'),
      },
    }),
  (random) =>
    call(random, 'ec2.amazonaws.com', 'RunInstances', {
      responseElements: { instancesSet: { items: [instance(random)] } },
    }),
  (random) =>
    call(random, 'ec2.amazonaws.com', 'DescribeInstances', {
      requestParameters: {
        instancesSet: {},
        filterSet: { items: [{ name: 'tag:Name', valueSet: { items: [{ value: random.text(8) }] } }] },
      },
    }),
  (random) =>
    call(random, 'lambda.amazonaws.com', 'UpdateFunctionConfiguration20150331v2', {
      requestParameters: { functionName: random.text(14), memorySize: 512, timeout: 60, environment: {} },
    }),
  (random) =>
    call(random, 'dynamodb.amazonaws.com', 'DescribeTable', {
      requestParameters: { tableName: `orders-${random.text(6)}` },
    }),
  (random) =>
    call(random, 'logs.amazonaws.com', 'CreateLogStream', {
      requestParameters: {
        logGroupName: '/aws/lambda/orders',
        logStreamName: `2026/11/24/[$LATEST]${random.text(32, HEX)}`,
      },
    }),
  (random) =>
    call(random, 'secretsmanager.amazonaws.com', 'GetSecretValue', {
      requestParameters: { secretId: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:db-${random.text(6)}` },
    }),
  (random) =>
    call(random, 'iam.amazonaws.com', 'ListUsers', {
      errorCode: 'AccessDenied',
      errorMessage: `User: arn:aws:sts::${ACCOUNT}:assumed-role/reader/x is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${ACCOUNT}:user/ because no identity-based policy allows the iam:ListUsers action`,
    }),
];

/** Between 50 and 200 KB. */
function manyInstances(random: Random): Fields {
  const items = Array.from({ length: 60 + random.below(180) }, () => instance(random));
  return call(random, 'ec2.amazonaws.com', 'RunInstances', { responseElements: { instancesSet: { items } } });
}

function instance(random: Random): Fields {
  return {
    instanceId: `i-${random.text(17, HEX)}`,
    imageId: 'ami-0abcdef1234567890',
    instanceState: { code: 0, name: 'pending' },
    privateDnsName: `ip-10-0-${random.below(256)}-${random.below(256)}.${REGION}.compute.internal`,
    instanceType: 'm7g.large',
    launchTime: 1_795_507_952_000 + random.below(1_000_000),
    placement: { availabilityZone: `${REGION}a`, tenancy: 'default' },
    subnetId: 'subnet-0aaaabbbbccccdddd',
    vpcId: 'vpc-0aaaabbbbccccdddd',
    tagSet: {
      items: [
        { key: 'Name', value: random.text(8) },
        { key: 'team', value: 'platform' },
      ],
    },
    networkInterfaceSet: {
      items: [{ networkInterfaceId: `eni-${random.text(17, HEX)}`, status: 'in-use', sourceDestCheck: true }],
    },
  };
}

function domainUpdate(random: Random): Fields {
  const domainName = `logs-${random.text(4, HEX)}`;
  const accessPolicies = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'es:*',
        Resource: `arn:aws:es:${REGION}:${ACCOUNT}:domain/${domainName}/*`,
      },
    ],
  });
  return call(random, ES, 'UpdateDomainConfig', {
    requestParameters: { domainName, accessPolicies },
    responseElements: {
      domainConfig: {
        accessPolicies: {
          options: accessPolicies,
          status: { state: 'Processing', updateVersion: 12, pendingDeletion: false },
        },
        advancedSecurityOptions: {
          options: { enabled: false, anonymousAuthEnabled: false },
          status: { state: 'Active' },
        },
        vPCOptions: { options: {}, status: { state: 'Active' } },
      },
    },
  });
}

function policyFor(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:ListBucket', 'logs:PutLogEvents'],
        Resource: ['arn:aws:s3:::data-lake', 'arn:aws:s3:::data-lake/*'],
      },
    ],
  });
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join('-');
}

function time(random: Random): string {
  return new Date(1_795_507_952_000 + random.below(900_000)).toISOString().replace(/\.\d+/, '');
}
