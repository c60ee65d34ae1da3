import type { Random } from './random';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';
export const ES = 'es.amazonaws.com';

/** A record as CloudTrail would write it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Makes a record of one kind. */
export type Shape = (random: Random) => Fields;

export type List<T> = readonly [T, ...T[]];

export function call(random: Random, eventSource: string, eventName: string, rest: Fields): Fields {
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

/** What accounts call most. */
export const SHAPES: List<Shape> = [
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
export function manyInstances(random: Random): Fields {
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

export function domainUpdate(random: Random): Fields {
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

export function policyFor(service: string): string {
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

export function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length, HEX)).join('-');
}

export function time(random: Random): string {
  return new Date(1_795_507_952_000 + random.below(900_000)).toISOString().replace(/\.\d+/, '');
}
