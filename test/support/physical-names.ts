import { createHash } from 'node:crypto';
import type { Template } from 'aws-cdk-lib/assertions';
import { isObject, memberOf, textOf } from '../../core/base/members';
import { readEnvironment, type Environment } from '../../lambda/environment';
import { resolve, type Names, type Template as Synthesized } from '../../local/template';
import { OWN } from './records';

const REGION = 'eu-west-1';

/** How long names may be that CloudFormation makes, and what `Ref` is where it is no name. */
const MADE: Readonly<Record<string, { readonly longest: number; readonly arn: string; readonly chosen: string }>> = {
  'AWS::SQS::Queue': { longest: 80, arn: `arn:aws:sqs:${REGION}:${OWN}:`, chosen: 'QueueName' },
  'AWS::SNS::Topic': { longest: 256, arn: `arn:aws:sns:${REGION}:${OWN}:`, chosen: 'TopicName' },
  'AWS::IAM::Role': { longest: 64, arn: `arn:aws:iam::${OWN}:role/`, chosen: 'RoleName' },
  'AWS::Lambda::Function': { longest: 64, arn: `arn:aws:lambda:${REGION}:${OWN}:function:`, chosen: 'FunctionName' },
  'AWS::Events::Rule': { longest: 64, arn: `arn:aws:events:${REGION}:${OWN}:rule/`, chosen: 'Name' },
  'AWS::Events::EventBus': { longest: 256, arn: `arn:aws:events:${REGION}:${OWN}:event-bus/`, chosen: 'Name' },
  'AWS::Pipes::Pipe': { longest: 64, arn: '', chosen: 'Name' },
  'AWS::Scheduler::Schedule': {
    longest: 64,
    arn: `arn:aws:scheduler:${REGION}:${OWN}:schedule/default/`,
    chosen: 'Name',
  },
  'AWS::CloudWatch::Alarm': { longest: 255, arn: `arn:aws:cloudwatch:${REGION}:${OWN}:alarm:`, chosen: 'AlarmName' },
  'AWS::CloudTrail::Trail': { longest: 128, arn: `arn:aws:cloudtrail:${REGION}:${OWN}:trail/`, chosen: 'TrailName' },
};

/** What blinds nobody: CDK's function that sets the bucket's notification, and the bucket of access logs. */
export const CDKS_OWN = /^(BucketNotificationsHandler|CustomS3AutoDelete|TrailBucket.*AccessLogs|TrailAccessLogs)/;

/** The names that CloudFormation might make for a stack `stackName` of a template, by logical id. */
export function physicalNames(template: Template, stackName: string): ReadonlyMap<string, string> {
  const { Resources } = template.toJSON() as unknown as Synthesized;
  return new Map(
    Object.entries(Resources).map(([id, { Type, Properties }]) => {
      const { longest = 255, chosen = '' } = MADE[Type] ?? {};
      const random = createHash('sha256').update(stackName).digest('hex').slice(0, 12);
      const whole = `${stackName}-${id}-${random}`;
      const cut = `${stackName.slice(0, 24)}-${id.slice(0, 24)}-${random}`;
      const made = textOf(memberOf(Properties, chosen)) ?? (whole.length > longest ? cut : whole);
      return [id, Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made];
    }),
  );
}

/** A part of a template with those names in it. */
export function resolvedIn(template: Template, stackName: string, part: unknown): unknown {
  const synthesized = template.toJSON() as unknown as Synthesized;
  const physical = physicalNames(template, stackName);
  const of = (id: string): Record<string, string> => {
    const [name = id, type = ''] = [physical.get(id), synthesized.Resources[id]?.Type];
    const arn = `${MADE[type]?.arn ?? ''}${name}`;
    const url = `https://sqs.${REGION}.amazonaws.com/${OWN}/${name}`;
    const ref = type === 'AWS::SNS::Topic' ? arn : type === 'AWS::SQS::Queue' ? url : name;
    return { Ref: ref, Arn: arn, QueueName: name, TopicName: name };
  };
  const names: Names = {
    pseudo: {
      'AWS::Region': REGION,
      'AWS::AccountId': OWN,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackId': `arn:aws:cloudformation:${REGION}:${OWN}:stack/${stackName}/11111111-2222-4333-8444-555555555555`,
    },
    attributes: { get: of } as unknown as Names['attributes'],
  };
  return resolve(part, synthesized, names);
}

/** What the stack tells the function of itself, under those names. */
export function environmentIn(template: Template, stackName: string): Environment {
  const { Resources } = template.toJSON() as unknown as Synthesized;
  const [[id, monitor] = []] = Object.entries(Resources).filter(([, { Properties }]) =>
    isObject(memberOf(Properties, 'Environment', 'Variables', 'WATCHED')),
  );
  const variables = resolvedIn(template, stackName, memberOf(monitor?.Properties, 'Environment', 'Variables'));
  const own = { AWS_LAMBDA_FUNCTION_NAME: physicalNames(template, stackName).get(id ?? '') };
  return readEnvironment({ ...(variables as Record<string, string>), ...own });
}
