import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { isObject, listOf, memberOf } from '../../core/base/members';
import type { OrganizationTrail } from '../../lib/trail';
import { appWith, stackWith } from './stack-in';

/*
 * The policies of an organization trail as AWS documents them: the bucket's in "Creating a trail for an organization with the AWS
 * CLI", the key's in "Configure AWS KMS key policies for CloudTrail". In both the trail has the management account's id, whichever
 * account makes it.
 */

const ORGANIZATION = 'o-a1b2c3d4e5';
const MANAGEMENT = '111122223333';
const DELEGATED = '444455556666';
const REGION = 'eu-west-1';

const NAME = 'EsConfigMonitor';
const CLOUDTRAIL = { Service: 'cloudtrail.amazonaws.com' };

interface Synthesized {
  readonly template: Template;
  readonly keyPolicy: readonly unknown[];
}

function synthesized(account: string, organization: OrganizationTrail): Synthesized {
  const app = appWith();
  const keys = new Stack(app, 'Keys', { env: { account, region: REGION } });
  const encryptionKey = new Key(keys, 'Key');
  const stack = stackWith({ env: { account, region: REGION }, organization, encryptionKey }, app);
  const template = Template.fromStack(stack);
  const [key] = Object.values(Template.fromStack(keys).findResources('AWS::KMS::Key'));
  return { template, keyPolicy: listOf(memberOf(key, 'Properties', 'KeyPolicy', 'Statement')) };
}

const management = synthesized(MANAGEMENT, { organizationId: ORGANIZATION });
const delegated = synthesized(DELEGATED, { organizationId: ORGANIZATION, managementAccount: MANAGEMENT });
const BOTH = [
  ['the management account', management],
  ['a delegated administrator', delegated],
] as const;

/** `value` with what CloudFormation fills in. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const join = value['Fn::Join'];
  if (Array.isArray(join)) return listOf(plain(join[1])).map(String).join(String(join[0]));
  if (value['Ref'] === 'AWS::Partition') return 'aws';
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

const trailBucketPolicy = ({ template }: Synthesized): readonly unknown[] => {
  const policies = Object.entries(template.findResources('AWS::S3::BucketPolicy'));
  const [, policy] = policies.find(([id]) => id.startsWith('TrailBucketPolicy')) ?? [];
  return listOf(memberOf(policy, 'Properties', 'PolicyDocument', 'Statement')).map(plain);
};

const ofCloudTrail = (statements: readonly unknown[]): readonly unknown[] =>
  statements.filter((one) => memberOf(one, 'Principal', 'Service') === CLOUDTRAIL.Service);

/** The trail's name, which the policies have in its ARN. */
const trailNameIn = (synthesis: Synthesized): string => {
  const arn = memberOf(ofCloudTrail(trailBucketPolicy(synthesis))[0], 'Condition', 'StringEquals', 'aws:SourceArn');
  return String(arn).replace(`arn:aws:cloudtrail:${REGION}:${MANAGEMENT}:trail/`, '');
};

describe.each(BOTH)('in %s', (_, synthesis) => {
  const name = trailNameIn(synthesis);
  const trailArn = `arn:aws:cloudtrail:${REGION}:${MANAGEMENT}:trail/${name}`;
  const bucket = /<TrailBucket[0-9A-F]{8}\.Arn>/;

  test('the bucket lets this one trail of the management account write, for it and for the organization', () => {
    expect(name).toBe(NAME);
    const [acl, write, ...more] = ofCloudTrail(trailBucketPolicy(synthesis));
    expect(more).toEqual([]);
    expect(acl).toEqual({
      Effect: 'Allow',
      Principal: CLOUDTRAIL,
      Action: 's3:GetBucketAcl',
      Resource: expect.stringMatching(bucket) as unknown,
      Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
    });
    expect(write).toEqual({
      Effect: 'Allow',
      Principal: CLOUDTRAIL,
      Action: 's3:PutObject',
      Resource: [
        expect.stringMatching(new RegExp(`${bucket.source}/AWSLogs/${MANAGEMENT}/\\*$`)) as unknown,
        expect.stringMatching(new RegExp(`${bucket.source}/AWSLogs/${ORGANIZATION}/\\*$`)) as unknown,
      ],
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trailArn } },
    });
  });

  test('the key lets this one trail encrypt and look, and CloudTrail decrypt', () => {
    expect(ofCloudTrail(synthesis.keyPolicy).map(plain)).toEqual([
      {
        Effect: 'Allow',
        Principal: CLOUDTRAIL,
        Action: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
      },
      { Effect: 'Allow', Principal: CLOUDTRAIL, Action: 'kms:Decrypt', Resource: '*' },
    ]);
  });

  test('log files of all accounts are heard of, and may be read', () => {
    const { template } = synthesis;
    const notifications = JSON.stringify(template.findResources('Custom::S3BucketNotifications'));
    expect(notifications).toContain(`"Value":"AWSLogs/${ORGANIZATION}/"`);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(
      `/AWSLogs/${ORGANIZATION}/*CloudTrail/*`,
    );
  });

  test('the trail is looked after by its ARN, and a call that names it is a call about the monitor', () => {
    const inTemplate = (type: string): string =>
      JSON.stringify(Object.values(synthesis.template.findResources(type)).map(plain));
    const reference = synthesis === management ? '<Trail.Arn>' : trailArn;
    expect(inTemplate('AWS::IAM::Policy')).toContain(
      `"Action":["cloudtrail:GetEventSelectors","cloudtrail:GetTrail","cloudtrail:GetTrailStatus"],"Effect":"Allow","Resource":"${reference}"`,
    );
    expect(inTemplate('AWS::Scheduler::Schedule')).toContain(reference);
    expect(inTemplate('AWS::Lambda::Function')).toContain(reference);
  });
});

test('the management account makes the trail itself', () => {
  const { template } = management;
  template.hasResourceProperties('AWS::CloudTrail::Trail', {
    TrailName: trailNameIn(management),
    IsOrganizationTrail: true,
    IsMultiRegionTrail: true,
    IsLogging: true,
    EnableLogFileValidation: true,
    IncludeGlobalServiceEvents: true,
  });
  template.resourceCountIs('Custom::OrganizationTrail', 0);
});

describe('a delegated administrator', () => {
  const { template } = delegated;
  const name = trailNameIn(delegated);
  const arn = `arn:aws:cloudtrail:${REGION}:${MANAGEMENT}:trail/${name}`;
  const callsOf = (id: string): Readonly<Record<string, unknown>> => {
    const found = Object.entries(template.findResources('Custom::OrganizationTrail'));
    const [, resource] = found.find(([one]) => new RegExp(`^${id}[0-9A-F]{8}$`).test(one)) ?? [];
    const properties = memberOf(resource, 'Properties');
    return Object.fromEntries(
      ['Create', 'Update', 'Delete'].flatMap((what) => {
        const call = plain(memberOf(properties, what));
        return typeof call === 'string' ? [[what, JSON.parse(call) as unknown]] : [];
      }),
    );
  };

  test('makes it by calls that name it by its ARN: CloudFormation would name it by a name that its account does not know', () => {
    template.resourceCountIs('AWS::CloudTrail::Trail', 0);
    const wanted = {
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      IsOrganizationTrail: true,
    };
    expect(callsOf('OrganizationTrail')).toMatchObject({
      Create: { service: 'CloudTrail', action: 'createTrail', parameters: { Name: name, ...wanted } },
      Update: { action: 'updateTrail', parameters: { Name: arn, ...wanted } },
      Delete: {
        action: 'deleteTrail',
        parameters: { Name: arn },
        ignoreErrorCodesMatching: 'TrailNotFoundException',
      },
    });
    expect(callsOf('OrganizationTrailLogging')).toMatchObject({
      Create: { action: 'startLogging', parameters: { Name: arn } },
    });
  });

  test('may do that to this trail alone, and ask of the organization what AWS says is asked', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const statements = policies
      .filter(([id]) => id.startsWith('OrganizationTrail'))
      .flatMap(([, policy]) => listOf(memberOf(policy, 'Properties', 'PolicyDocument', 'Statement')).map(plain));
    const trails = [arn, arn.replace(MANAGEMENT, DELEGATED)];
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['cloudtrail:CreateTrail', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail'],
        Resource: trails,
      },
      {
        Effect: 'Allow',
        Action: [
          'iam:GetRole',
          'organizations:DescribeOrganization',
          'organizations:ListAWSServiceAccessForOrganization',
          'organizations:ListAccounts',
          'organizations:ListDelegatedAdministrators',
        ],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource: '*',
        Condition: { StringEquals: { 'iam:AWSServiceName': 'cloudtrail.amazonaws.com' } },
      },
      { Effect: 'Allow', Action: 'cloudtrail:StartLogging', Resource: trails },
    ]);
  });

  test('does so once the bucket and the key let CloudTrail write', () => {
    const found = Object.entries(template.findResources('Custom::OrganizationTrail'));
    const [, trail] = found.find(([id]) => /^OrganizationTrail[0-9A-F]{8}$/.test(id)) ?? [];
    expect(listOf(memberOf(trail, 'DependsOn')).some((id) => String(id).startsWith('TrailBucketPolicy'))).toBe(true);
  });
});
