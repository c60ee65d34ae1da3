import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { appWith, problemsOf, stackWith, templateWith } from './stack-in';
import { propertiesOf, refusesPlainText } from './template';

const onNewTrail = templateWith();

describe('without a bucket', () => {
  test('a trail of all regions is created whose files can be validated', () => {
    onNewTrail.hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    });
  });

  test('the buckets are encrypted, private, open to TLS only, and outlive the stack', () => {
    const buckets = onNewTrail.findResources('AWS::S3::Bucket');
    expect(Object.keys(buckets)).toHaveLength(2);
    for (const bucket of Object.values(buckets)) {
      expect(bucket).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: expect.anything() as unknown,
          LifecycleConfiguration: expect.anything() as unknown,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      });
    }
    onNewTrail.allResourcesProperties('AWS::S3::BucketPolicy', refusesPlainText('s3:*'));
  });

  test('only trails of this account may write log files', () => {
    onNewTrail.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Condition: {
              StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':cloudtrail:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':trail/*',
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  test('digest files cause no notification', () => {
    expect(JSON.stringify(propertiesOf(onNewTrail, 'Custom::S3BucketNotifications'))).toContain(
      JSON.stringify({ 'Fn::Join': ['', ['AWSLogs/', { Ref: 'AWS::AccountId' }, '/CloudTrail/']] }),
    );
  });

  test('a key encrypts the bucket and the log files, and CloudTrail may use it', () => {
    const app = appWith();
    const keys = new Stack(app, 'Keys');
    const encryptionKey = new Key(keys, 'Key');
    const template = Template.fromStack(stackWith({ encryptionKey }, app));
    template.hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() } },
        ],
      },
    });
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
            Principal: { Service: 'cloudtrail.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  test('what only fits an existing bucket is refused', () => {
    expect(problemsOf({ logFilePrefix: 'AWSLogs/', notifications: 'eventbridge' })).toEqual([
      "'logFilePrefix' can only be set together with 'trailBucket'",
      "'notifications' can only be set together with 'trailBucket'",
    ]);
  });
});
