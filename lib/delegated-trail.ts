import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';

interface DelegatedTrail {
  readonly bucketName: string;
  readonly keyArn: string | undefined;
  readonly trailName: string;
  /** In the management account. */
  readonly arn: string;
}

/** What AWS asks of whoever makes an organization trail, besides leave to make one. */
const OF_THE_ORGANIZATION = [
  'iam:GetRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListDelegatedAdministrators',
];

/**
 * An organization trail that a delegated administrator makes. It is the management account's, so that only its ARN names it, and
 * CloudFormation's own resource, which starts it by its name, fails: aws-cloudformation/cloudformation-coverage-roadmap issue 1932.
 */
export function createDelegatedTrail(
  scope: Construct,
  { bucketName, keyArn, trailName, arn }: DelegatedTrail,
): { readonly trail: Construct; readonly arn: string } {
  const stack = Stack.of(scope);
  const wanted = {
    S3BucketName: bucketName,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
    IsOrganizationTrail: true,
    ...(keyArn !== undefined && { KmsKeyId: keyArn }),
  };
  const call = (action: string, parameters: object) => ({
    service: 'CloudTrail',
    action,
    parameters,
    physicalResourceId: PhysicalResourceId.of(trailName),
  });
  // Which account's trail a request of a delegated administrator is for, AWS does not document: both.
  const resources = [arn, stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName })];
  const common = {
    installLatestAwsSdk: false,
    memorySize: 256,
    resourceType: 'Custom::OrganizationTrail',
    logGroup: new LogGroup(scope, 'OrganizationTrailLogs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  };
  const trail = new AwsCustomResource(scope, 'OrganizationTrail', {
    ...common,
    onCreate: call('createTrail', { Name: trailName, ...wanted }),
    onUpdate: call('updateTrail', { Name: arn, ...wanted }),
    // One that was never made, or is gone, is as it is to be: a deployment that fails could not be rolled back.
    onDelete: { ...call('deleteTrail', { Name: arn }), ignoreErrorCodesMatching: 'TrailNotFoundException' },
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({
        actions: ['cloudtrail:CreateTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:DeleteTrail'],
        resources,
      }),
      new PolicyStatement({ actions: OF_THE_ORGANIZATION, resources: ['*'] }),
      new PolicyStatement({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: ['*'],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'cloudtrail.amazonaws.com' } },
      }),
    ]),
  });
  const logging = new AwsCustomResource(scope, 'OrganizationTrailLogging', {
    ...common,
    onUpdate: call('startLogging', { Name: arn }),
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({ actions: ['cloudtrail:StartLogging'], resources }),
    ]),
  });
  logging.node.addDependency(trail);
  acknowledgeFindings(trail);
  return { trail, arn };
}

/** Of the function that CDK gives a stack for all calls of this kind. */
function acknowledgeFindings(trail: AwsCustomResource): void {
  const caller = Stack.of(trail).node.children.find(({ node }) =>
    node.id.startsWith('AWS679f53fac002430cb0da5b7982bd2287'),
  );
  acknowledge(trail, {
    'AwsSolutions-IAM5[Resource::*]':
      'As AWS asks for to make a trail of an organization: reading, and one service-linked role',
  });
  if (!caller) return;
  acknowledge(caller, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'Written by CDK, which takes no other policy: it lets this function write its own log and nothing else',
    'Serverless-LambdaDLQ': 'CloudFormation calls it during deployments, and hears of a failure itself',
    'Serverless-LambdaTracing': 'It runs during deployments only',
  });
}
