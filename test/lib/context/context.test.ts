import { Stack } from 'aws-cdk-lib';
import { refuse } from '../../../lib/configuration-error';
import { propsFromContext } from '../../../lib/context';
import { appWith } from '../stack-in';
import { problemsWith, propsWith, type Context } from './in-context';

describe('the context', () => {
  test('is optional: without any, a new trail is watched and nobody is subscribed', () => {
    expect(propsWith({})).toEqual({});
  });

  test('lists what is watched and trusted, separated by commas or, in cdk.json, as a list', () => {
    const props = propsWith({
      watchedEvents: 'CreateDomain, DeleteDomain',
      trustedAccounts: ['111122223333', '444455556666'],
      trustedOrganizations: 'o-a1b2c3d4e5',
      trustedNetworks: '10.0.0.0/8,192.168.0.0/16',
      trustedCallers: 'arn:aws:iam::111122223333:role/deploy-*',
    });
    expect(props).toEqual({
      watchedEvents: ['CreateDomain', 'DeleteDomain'],
      trustedAccounts: ['111122223333', '444455556666'],
      trustedOrganizations: ['o-a1b2c3d4e5'],
      trustedNetworks: ['10.0.0.0/8', '192.168.0.0/16'],
      trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'],
    });
  });

  test('names everything that is wrong at once', () => {
    const problems = problemsWith({
      trailBucketName: 'a',
      notifications: 'sqs',
      encryptionKeyArn: 'alias/logs',
      alertEmail: 'security',
      minimumSeverity: 'SEVERE',
      trustedAccounts: '1234',
      watchedEvents: 'CreateDomian',
      logFilePrefix: 'AWSLogs',
      trustedCallers: ' ',
      suppressions: 'x',
      config: 'no-such-folder/none.json',
    });
    expect(problems).toHaveLength(11);
  });

  test('warns that a new trail is created where no bucket is given', () => {
    const warningOf = (context: Context): string => {
      const stack = new Stack(appWith(context), 'Stack');
      propsFromContext(stack, refuse);
      return JSON.stringify(stack.node.metadata);
    };
    expect(warningOf({})).toContain("'trailBucketName' is not set: a new trail is created");
    expect(warningOf({ trailBucketName: 'my-trail' })).not.toContain('trail is created');
  });
});
