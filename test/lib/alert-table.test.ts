import { onExistingBucket, templateWith } from './stack-in';
import { propertiesOf } from './template';

const onBucket = templateWith(onExistingBucket());

describe('the table', () => {
  test('keeps the names of its keys and of its time to live: another key is another, empty table', () => {
    onBucket.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('is encrypted, can be restored to any point in time, is paid by request, and outlives the stack', () => {
    onBucket.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });

  test('is known to the function', () => {
    expect(propertiesOf(onBucket, 'AWS::Lambda::Function', 'Function')['Environment']).toMatchObject({
      Variables: { TABLE_NAME: { Ref: expect.stringMatching(/^AlertTable/) as unknown } },
    });
  });
});
