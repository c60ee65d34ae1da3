import { CONTEXT_KEYS } from '../../../lib/context/keys';
import { problemsWith } from './in-context';

describe('the keys of the context', () => {
  test.each([
    ['watchedEvent', 'watchedEvents'],
    ['AlertEmail', 'alertEmail'],
    ['minimumSeverty', 'minimumSeverity'],
    ['trustedAccount', 'trustedAccounts'],
  ])('refuses the key %s, which looks like %s', (key, nearest) => {
    const [problem, ...others] = problemsWith({ [key]: 'x' });
    expect(problem).toContain(`context key '${key}' is unknown; did you mean ${nearest}`);
    expect(others).toEqual([]);
  });

  test.each([
    ['suppressions', "'config'"],
    ['watchPatterns', "'config'"],
    ['severityOverrides', "'config'"],
    ['subscribers', "'alertEmail'"],
    ['operationsSubscribers', "'alertEmail'"],
    ['logFileRetention', 'bin/app.ts'],
    ['trailBucket', "'trailBucketName'"],
    ['encryptionKey', "'encryptionKeyArn'"],
    ['bucketName', "'trailBucketName'"],
    ['Email', "'alertEmail'"],
  ])('refuses the key %s, which is none, and says to use %s', (key, instead) => {
    const [problem, ...others] = problemsWith({ [key]: 'x' });
    expect(problem).toContain(`context key '${key}' is no context key: `);
    expect(problem).toContain(instead);
    expect(others).toEqual([]);
  });

  test("leaves alone the flags of CDK and other people's keys", () => {
    expect(problemsWith({ 'availability-zones:account=111122223333:region=eu-west-1': ['a'], owner: 'me' })).toEqual(
      [],
    );
  });

  test.each(CONTEXT_KEYS)('refuses a blank %s', (key) => {
    expect(problemsWith({ [key]: ' ' })).toEqual([`context key '${key}' is blank: give it a value or leave it out`]);
  });
});
