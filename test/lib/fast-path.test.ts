import { Match } from 'aws-cdk-lib/assertions';
import { compilePattern, matchesEventPattern } from '../../core/event-pattern';
import { onExistingBucket, problemsOf, templateWith } from './stack-in';
import { propertiesOf } from './template';

const ORGANIZATION = 'o-a1b2c3d4e5';
const template = templateWith(onExistingBucket({ fastPath: true, fastPathFrom: [ORGANIZATION, '111122223333'] }));
const rule = propertiesOf(template, 'AWS::Events::Rule', 'FastPathRule');

describe('the fast path', () => {
  const recordEvent = (source: string, eventSource: string, type = 'AWS API Call via CloudTrail') => ({
    source,
    'detail-type': type,
    account: '444455556666',
    region: 'eu-west-1',
    detail: { eventSource, eventName: 'DeleteDomain' },
  });
  const isTaken = (event: object): boolean =>
    matchesEventPattern(compilePattern(rule['EventPattern'] as Record<string, unknown>), event);

  test('takes the record of a call of either event source, of any account', () => {
    expect(isTaken(recordEvent('aws.es', 'es.amazonaws.com'))).toBe(true);
    expect(isTaken(recordEvent('aws.opensearchservice', 'opensearchservice.amazonaws.com'))).toBe(true);
  });

  test.each([
    ['a source that anybody may put', recordEvent('my.es', 'es.amazonaws.com')],
    ['another service', recordEvent('aws.ses', 'ses.amazonaws.com')],
    ['news of a domain', recordEvent('aws.es', 'es.amazonaws.com', 'Amazon OpenSearch Service Notification')],
  ])('leaves alone %s', (_, event) => {
    expect(isTaken(event)).toBe(false);
  });

  test('ends in the queue of the log files, which lets this rule send, and in its dead-letter queue otherwise', () => {
    expect(rule['Targets']).toMatchObject([
      {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/^LogFileQueue/), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetterQueue/), 'Arn'] } },
      },
    ]);
    for (const queue of ['^LogFileQueue', '^DeadLetterQueue']) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: Match.stringLikeRegexp(queue) }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Condition: {
                ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('^FastPath'), 'Arn'] } },
              },
            }),
          ]),
        },
      });
    }
  });

  test('lets those forward who are named, and no event that AWS did not make', () => {
    const policies = Object.values(template.findResources('AWS::Events::EventBusPolicy')).map(
      (policy) => (policy as { Properties: { Statement: object } }).Properties.Statement,
    );
    const source = { 'events:source': ['aws.es', 'aws.opensearchservice'] };
    expect(policies).toMatchObject([
      {
        Action: 'events:PutEvents',
        Principal: '*',
        Condition: { StringEquals: { ...source, 'aws:PrincipalOrgID': ORGANIZATION } },
      },
      { Action: 'events:PutEvents', Principal: { AWS: {} }, Condition: { StringEquals: source } },
    ]);
    expect(JSON.stringify(policies[1])).toContain(':iam::111122223333:root');
  });

  test('is counted by itself, with an alarm of its own', () => {
    expect(JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Alarm', 'FastRecordsUnaccounted'))).toMatch(
      /FastRecordsReceived.*FastRecordsJudged.*FastRecordsFailed/,
    );
  });

  test('is what the function believes only where it is on', () => {
    const variables = (FAST_PATH: unknown) => ({
      Environment: { Variables: Match.objectLike({ FAST_PATH, TABLE_NAME: Match.anyValue() }) },
    });
    template.hasResourceProperties('AWS::Lambda::Function', variables('true'));
    const without = templateWith(onExistingBucket());
    without.hasResourceProperties('AWS::Lambda::Function', variables(Match.absent()));
    expect(Object.keys(without.toJSON()['Resources'] as object).filter((id) => id.startsWith('Fast'))).toEqual([]);
  });
});

test.each([
  [{ fastPath: 'yes' }, `'fastPath' must be true or false, got "yes"`],
  [{ fastPathFrom: [ORGANIZATION] }, "'fastPathFrom' can only be set together with 'fastPath'"],
  [{ fastPath: true, fastPathFrom: '1' }, `'fastPathFrom' must be a list of ids of accounts or organizations, got "1"`],
  [
    { fastPath: true, fastPathFrom: ['1234'] },
    "'fastPathFrom' must hold ids of accounts, 12 digits, or of organizations, o-…, got '1234'",
  ],
  [
    { fastPath: true, fastPathFrom: ['111122223333', ORGANIZATION, '111122223333'] },
    "'fastPathFrom' has '111122223333' more than once",
  ],
  [
    { fastPath: true, fastPathFrom: Array.from({ length: 31 }, (_, at) => String(100_000_000_000 + at)) },
    "'fastPathFrom' has 31 ids, allowed: 30, as the policy of an event bus has 10,240 characters at most; give the id of their organization",
  ],
])('%j is refused', (props, problem) => {
  expect(problemsOf(props as never)).toEqual([problem]);
});
