import { onExistingBucket, templateWith } from './stack-in';
import { propertiesOf, refusesPlainText } from './template';

const onBucket = templateWith(onExistingBucket());

describe('the queue', () => {
  const queue = propertiesOf(onBucket, 'AWS::SQS::Queue', 'LogFileQueue');
  const mapping = propertiesOf(onBucket, 'AWS::Lambda::EventSourceMapping');
  const monitor = propertiesOf(onBucket, 'AWS::Lambda::Function', 'Function');

  test('hides a message for six times as long as the function may take, and the wait for a batch', () => {
    const needed = 6 * Number(monitor['Timeout']) + Number(mapping['MaximumBatchingWindowInSeconds']);
    expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(needed);
  });

  test('puts a message aside after five receives', () => {
    expect(queue['RedrivePolicy']).toEqual({
      maxReceiveCount: 5,
      deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetterQueue/), 'Arn'] },
    });
  });

  test('feeds the function in batches of which single messages can fail, and not without limit', () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  test('like every queue is encrypted and open to TLS only', () => {
    onBucket.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    onBucket.resourceCountIs('AWS::SQS::QueuePolicy', Object.keys(onBucket.findResources('AWS::SQS::Queue')).length);
    onBucket.allResourcesProperties('AWS::SQS::QueuePolicy', refusesPlainText('sqs:*'));
  });
});
