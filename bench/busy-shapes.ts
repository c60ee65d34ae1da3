import { ACCOUNT, call, type List, policyFor, REGION, type Shape, uuid } from './shapes';

/** The calls of deployments, of tools that look at trails, and of people who change roles: none of them a risk to a domain. */
export const BUSY_SHAPES: List<Shape> = [
  (random) =>
    call(random, 'cloudtrail.amazonaws.com', 'LookupEvents', {
      requestParameters: {
        lookupAttributes: [{ attributeKey: 'EventSource', attributeValue: 'iam.amazonaws.com' }],
        maxResults: 50,
      },
    }),
  (random) =>
    call(random, 'cloudtrail.amazonaws.com', 'GetEventSelectors', {
      requestParameters: { trailName: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/management` },
    }),
  (random) =>
    call(random, 'cloudtrail.amazonaws.com', 'DescribeTrails', {
      requestParameters: { includeShadowTrails: true, trailNameList: [] },
    }),
  (random) =>
    call(random, 'cloudformation.amazonaws.com', 'CreateChangeSet', {
      requestParameters: {
        stackName: `orders-${random.text(5)}`,
        changeSetName: `deploy-${random.text(16)}`,
        templateURL: `https://s3.${REGION}.amazonaws.com/cdk-assets/${random.text(64)}.json`,
        capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      },
      responseElements: {
        id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/deploy/${uuid(random)}`,
        stackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/orders/${uuid(random)}`,
      },
    }),
  (random) =>
    call(random, 'cloudformation.amazonaws.com', 'DescribeStackEvents', {
      requestParameters: { stackName: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/orders/${uuid(random)}` },
    }),
  (random) =>
    call(random, 'iam.amazonaws.com', 'PutRolePolicy', {
      requestParameters: {
        roleName: `orders-${random.text(12)}`,
        policyName: 'DefaultPolicy',
        policyDocument: policyFor('lambda.amazonaws.com'),
      },
    }),
  (random) =>
    call(random, 'iam.amazonaws.com', 'CreateRole', {
      requestParameters: {
        roleName: `orders-${random.text(12)}`,
        assumeRolePolicyDocument: policyFor('ecs-tasks.amazonaws.com'),
      },
      responseElements: {
        role: {
          arn: `arn:aws:iam::${ACCOUNT}:role/orders-${random.text(12)}`,
          assumeRolePolicyDocument: encodeURIComponent(policyFor('ecs-tasks.amazonaws.com')),
        },
      },
    }),
  (random) =>
    call(random, 'iam.amazonaws.com', 'AttachRolePolicy', {
      requestParameters: {
        roleName: `orders-${random.text(12)}`,
        policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      },
    }),
  (random) =>
    call(random, 'lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', {
      requestParameters: { functionName: `orders-${random.text(12)}`, publish: false, dryRun: false },
      responseElements: { codeSha256: random.text(43), revisionId: uuid(random), runtime: 'nodejs24.x' },
    }),
  (random) =>
    call(random, 's3.amazonaws.com', 'PutObject', {
      requestParameters: { bucketName: 'cdk-assets', key: `${random.text(64)}.zip` },
      additionalEventData: { SignatureVersion: 'SigV4', bytesTransferredIn: random.below(9_000_000) },
    }),
  (random) =>
    call(random, 'sqs.amazonaws.com', 'GetQueueAttributes', {
      requestParameters: { queueUrl: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/orders`, attributeNames: ['All'] },
    }),
  (random) =>
    call(random, 'events.amazonaws.com', 'PutRule', {
      requestParameters: { name: `orders-${random.text(8)}`, eventPattern: '{"source":["aws.s3"]}', state: 'ENABLED' },
    }),
];
