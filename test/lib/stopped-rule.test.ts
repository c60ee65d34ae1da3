import { isObject, memberOf } from '../../core/base/members';
import { onExistingBucket, stackWith } from './stack-in';
import { Template } from 'aws-cdk-lib/assertions';

/** The rule that tells people, past the queue and the function, of what stops these. */

const template = Template.fromStack(stackWith(onExistingBucket()));
const rules = Object.entries(template.findResources('AWS::Events::Rule')).filter(([id]) =>
  id.startsWith('StoppedRule'),
);
const properties: unknown = memberOf(rules[0]?.[1], 'Properties');
const [target] = (memberOf(properties, 'Targets') ?? []) as readonly unknown[];
const policiesOf = (type: string): string => JSON.stringify(Object.values(template.findResources(type)));

const calls = ((): ReadonlyMap<string, unknown> => {
  const ways = memberOf(properties, 'EventPattern', 'detail', '$or') as readonly Record<string, unknown>[];
  return new Map(ways.flatMap((way) => (way['eventName'] as readonly string[]).map((name) => [name, way] as const)));
})();

test('there is one, for the records of calls that were not refused', () => {
  expect(rules).toHaveLength(1);
  expect(memberOf(properties, 'EventPattern', 'detail-type')).toEqual(['AWS API Call via CloudTrail']);
  expect(memberOf(properties, 'EventPattern', 'detail', 'errorCode')).toEqual([{ exists: false }]);
});

test.each([
  'DeleteQueue',
  'PurgeQueue',
  'SetQueueAttributes',
  'DeleteFunction20150331',
  'PutFunctionConcurrency20171031',
  'UpdateFunctionCode20150331v2',
  'UpdateFunctionConfiguration20150331v2',
  'DeleteEventSourceMapping20150331',
  'UpdateEventSourceMapping20150331',
  'DeleteStack',
])('%s is told of what is the stack’s own, and of nothing else', (name) => {
  const way = calls.get(name);
  const narrowed = [memberOf(way, 'requestParameters'), memberOf(way, 'responseElements')].filter(isObject);
  expect(narrowed).toHaveLength(1);
  expect(JSON.stringify(narrowed)).toMatch(/LogFileQueue|Function7|"stackName":\["EsConfigMonitor"/);
});

test.each(['StopLogging', 'DeleteTrail'])('%s is told of any trail, whoever makes it', (name) => {
  expect(Object.keys(calls.get(name) as object).sort()).toEqual(['eventName', 'eventSource']);
});

test('what each deployment does is left out where CloudFormation does it', () => {
  const byHand = [...calls].filter(([, way]) => memberOf(way, 'sourceIPAddress') !== undefined).map(([name]) => name);
  expect(byHand.sort()).toEqual([
    'PutEventSelectors',
    'SetQueueAttributes',
    'UpdateEventSourceMapping20150331',
    'UpdateFunctionCode20150331v2',
    'UpdateFunctionConfiguration20150331v2',
    'UpdateTrail',
  ]);
});

test('it may publish to the operations topic, and leave what it cannot in the queue of what was not delivered', () => {
  const ruleArn = JSON.stringify({ 'Fn::GetAtt': [rules[0]?.[0], 'Arn'] });
  expect(memberOf(target, 'Arn', 'Ref')).toMatch(/^Operations/);
  expect(JSON.stringify(memberOf(target, 'DeadLetterConfig'))).toContain('UndeliveredAlerts');
  expect(policiesOf('AWS::SNS::TopicPolicy')).toContain(`{"ArnEquals":{"aws:SourceArn":${ruleArn}}}`);
  expect(policiesOf('AWS::SQS::QueuePolicy')).toContain(`{"ArnEquals":{"aws:SourceArn":${ruleArn}}}`);
  expect(policiesOf('AWS::KMS::Key')).toContain('events.amazonaws.com');
});

test('it says who called what, in a sentence with a way on', () => {
  const said = memberOf(target, 'InputTransformer', 'InputTemplate');
  expect(said).toMatch(/^"es-config-monitor may have been stopped: .*docs\/runbook\.md#stopped-calls"$/);
  expect(Object.values(memberOf(target, 'InputTransformer', 'InputPathsMap') as object)).toContain(
    '$.detail.userIdentity.arn',
  );
});

test('it is not there where nobody wants it', () => {
  const without = Template.fromStack(stackWith(onExistingBucket({ tellWhenStopped: false })));
  expect(Object.keys(without.findResources('AWS::Events::Rule')).filter((id) => id.startsWith('Stopped'))).toEqual([]);
});
