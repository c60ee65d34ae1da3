import { Template } from 'aws-cdk-lib/assertions';
import { propsFromContext } from '../../../lib/context';
import { appWith, stackWith } from '../stack-in';
import { problemsWith } from './in-context';

describe('the subscribers in a context', () => {
  test.each(['security', '@example.com', 'a@b', 'Jo <jo@example.com>', 'jo@example.com; al@example.com'])(
    'refuses to send alerts to %s',
    (alertEmail) => {
      expect(problemsWith({ alertEmail })).toEqual([
        `context key 'alertEmail' must be e-mail addresses separated by commas, got '${alertEmail}'`,
      ]);
    },
  );

  test('subscribes every address to alerts from a severity on, and to operational alarms', () => {
    const alertEmail = 'a@example.com, b@example.com,a@example.com';
    const context = { trailBucketName: 'my-trail', alertEmail, minimumSeverity: 'high' };
    const template = Template.fromStack(stackWith(propsFromContext, appWith(context)));
    const addresses = Object.values(template.findResources('AWS::SNS::Subscription')).map(
      (subscription) => (subscription as { Properties: { Endpoint: string } }).Properties.Endpoint,
    );
    expect(addresses.sort()).toEqual([
      'a@example.com',
      'a@example.com',
      'a@example.com',
      'b@example.com',
      'b@example.com',
      'b@example.com',
    ]);
  });

  test('refuses a severity that has no topic, and one without anybody to apply to', () => {
    expect(problemsWith({ alertEmail: 'a@example.com', minimumSeverity: 'SEVERE' })).toEqual([
      "context key 'minimumSeverity' must be one of LOW, MEDIUM, HIGH, CRITICAL, got 'SEVERE'",
    ]);
    expect(problemsWith({ minimumSeverity: 'HIGH' })).toEqual([
      "context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too",
    ]);
  });
});
