import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { appWith, onExistingBucket, stackWith, templateWith } from './stack-in';
import { propertiesOf, refusesPlainText } from './template';

const onBucket = templateWith(onExistingBucket());

describe('alert topics', () => {
  const alertTopics = ['LowAlerts', 'MediumAlerts', 'HighAlerts', 'CriticalAlerts'];

  test.each(alertTopics)('%s is encrypted without a key permission for the function', (id) => {
    expect(JSON.stringify(propertiesOf(onBucket, 'AWS::SNS::Topic', id)['KmsMasterKeyId'])).toContain(':alias/aws/sns');
  });

  test('and the operations topic are open to TLS only', () => {
    onBucket.resourceCountIs('AWS::SNS::Topic', 5);
    onBucket.resourceCountIs('AWS::SNS::TopicPolicy', 5);
    onBucket.allResourcesProperties('AWS::SNS::TopicPolicy', refusesPlainText('sns:Publish'));
  });

  test('can be subscribed to from other stacks', () => {
    const app = appWith();
    const stack = stackWith({}, app);
    const other = new Stack(app, 'Other');
    stack.alertTopics.CRITICAL.addSubscription(new SqsSubscription(new Queue(other, 'Pager')));
    Template.fromStack(other).resourceCountIs('AWS::SNS::Subscription', 1);
  });
});
