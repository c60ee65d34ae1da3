import { Match } from 'aws-cdk-lib/assertions';
import { digestPrefix, digestsUnder } from '../../lib/log-file-keys';
import { onExistingBucket, problemsOf, templateWith } from './stack-in';

const prefixesIn = (template: ReturnType<typeof templateWith>): readonly unknown[] => {
  const [found] = Object.values(template.findResources('Custom::S3BucketNotifications'));
  const text = JSON.stringify(found);
  return [...text.matchAll(/"Name":"prefix","Value":("(?:[^"]*)"|\{.*?\]\]\})/g)].map(([, value]) =>
    JSON.stringify(JSON.parse(value ?? '')).replace(/.*"(\/?[^"]*\/)".*/, '$1'),
  );
};

test.each([
  ['AWSLogs/', 'AWSLogs/', 'AWSLogs/*CloudTrail-Digest/*'],
  [
    'AWSLogs/111122223333/CloudTrail/eu-west-1/',
    'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/',
    'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/*',
  ],
  ['CloudTrail/', 'CloudTrail-Digest/', 'CloudTrail-Digest/*'],
  ['MyCloudTrail/AWSLogs/', 'MyCloudTrail/AWSLogs/', 'MyCloudTrail/AWSLogs/*CloudTrail-Digest/*'],
])('the digests beside log files under %s', (prefix, digests, pattern) => {
  expect(digestPrefix(prefix)).toBe(digests);
  expect(digestsUnder(prefix)).toBe(pattern);
});

describe('a bucket whose digests are followed', () => {
  test('tells of both where the prefix covers one of them, and is asked once where it covers both', () => {
    const inFolder = { logFilePrefix: 'AWSLogs/111122223333/CloudTrail/' };
    expect(prefixesIn(templateWith(onExistingBucket({ completeness: true })))).toEqual(['AWSLogs/']);
    expect(prefixesIn(templateWith(onExistingBucket(inFolder)))).toEqual([inFolder.logFilePrefix]);
    expect(prefixesIn(templateWith(onExistingBucket({ ...inFolder, completeness: true })))).toEqual([
      'AWSLogs/111122223333/CloudTrail/',
      'AWSLogs/111122223333/CloudTrail-Digest/',
    ]);
  });

  test('of a new trail tells of its digests as well', () => {
    expect(prefixesIn(templateWith())).toEqual(['/CloudTrail/']);
    expect(prefixesIn(templateWith({ completeness: true }))).toEqual(['/CloudTrail/', '/CloudTrail-Digest/']);
  });

  test('sends events of both to EventBridge', () => {
    const props = { logFilePrefix: 'AWSLogs/1/CloudTrail/', notifications: 'eventbridge', completeness: true } as const;
    templateWith(onExistingBucket(props)).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        detail: {
          object: {
            key: [
              { wildcard: 'AWSLogs/1/CloudTrail/*.json.gz' },
              { wildcard: 'AWSLogs/1/CloudTrail-Digest/*.json.gz' },
            ],
          },
        },
      },
    });
  });

  test('has a function that knows its own queue, which no other does', () => {
    const variables = (QUEUE_URL: unknown) => ({ Environment: { Variables: { QUEUE_URL } } });
    templateWith({ completeness: true }).hasResourceProperties(
      'AWS::Lambda::Function',
      variables({ Ref: Match.stringLikeRegexp('^LogFileQueue') }),
    );
    templateWith().hasResourceProperties('AWS::Lambda::Function', variables(Match.absent()));
  });
});

test('is on or off', () => {
  expect(problemsOf({ completeness: 'yes' } as never)).toEqual([`'completeness' must be true or false, got "yes"`]);
});
