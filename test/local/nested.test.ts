import { withNested } from '../../local/nested';
import type { Template } from '../../local/template';

const INNER: Template = {
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a' } },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic' },
        Region: { Ref: 'AWS::Region' },
        Name: { 'Fn::GetAtt': ['Topic', 'TopicName'] },
        RedrivePolicy: { deadLetterTargetArn: { Ref: 'referenceToQueue' } },
      },
    },
  },
};

const outer = (parameters: object): Template => ({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Owners: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://inner', Parameters: parameters },
    },
  },
});

test('the resources of a nested stack stand in its place, as the stack around it sees them', () => {
  const given = { referenceToQueue: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
  expect(withNested(outer(given), (url) => (url === '"https://inner"' ? INNER : { Resources: {} })).Resources).toEqual({
    Queue: { Type: 'AWS::SQS::Queue' },
    OwnersTopic: INNER.Resources['Topic'],
    OwnersSubscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'OwnersTopic' },
        Region: { Ref: 'AWS::Region' },
        Name: { 'Fn::GetAtt': ['OwnersTopic', 'TopicName'] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
    },
  });
});

test('what a nested stack is not given is told', () => {
  expect(() => withNested(outer({}), () => INNER)).toThrow('the nested stack Owners is not given referenceToQueue');
});
