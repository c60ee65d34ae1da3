import { Template } from 'aws-cdk-lib/assertions';
import { Match as EventMatch } from 'aws-cdk-lib/aws-events';
import { readEnvironment } from '../../lambda/environment';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { problemsOf, stackWith } from './stack-in';
import { propertiesOf } from './template';

describe('settings', () => {
  function judgementOf(props: EsConfigMonitorProps): unknown {
    const stack = stackWith(props);
    const { Environment } = propertiesOf(Template.fromStack(stack), 'AWS::Lambda::Function', 'Function');
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    const texts = Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'arn']);
    return readEnvironment(Object.fromEntries(texts) as Record<string, string>).settings;
  }

  test('reach the function as they are', () => {
    const judgement = {
      watchedEvents: ['CreateDomain', 'DeleteElasticsearchDomain'],
      trustedAccounts: ['111122223333'],
      trustedOrganizations: ['o-a1b2c3d4e5'],
      trustedNetworks: ['10.0.0.0/8'],
      trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'],
      severityOverrides: { 'domain-deleted': 'LOW' },
      suppressions: [{ rule: 'domain-deleted', domain: 'scratch', reason: 'a playground', expires: '2999-12-31' }],
      watchPatterns: [{ name: 'tagged', pattern: { eventName: ['AddTags'] }, severity: 'LOW' }],
    } as const;
    expect(judgementOf(judgement)).toEqual(judgement);
  });

  test("may be written with CDK's Match", () => {
    const pattern = { eventName: EventMatch.prefix('Delete'), sourceIPAddress: EventMatch.cidr('10.0.0.0/8') };
    expect(judgementOf({ watchPatterns: [{ name: 'deleted', pattern, severity: 'HIGH' }] })).toEqual({
      watchPatterns: [
        {
          name: 'deleted',
          pattern: { eventName: [{ prefix: 'Delete' }], sourceIPAddress: [{ cidr: '10.0.0.0/8' }] },
          severity: 'HIGH',
        },
      ],
    });
  });

  test('with an unknown event name stop synthesis and name the nearest', () => {
    const props = { watchedEvents: ['CreateDomian'] } as unknown as EsConfigMonitorProps;
    expect(problemsOf(props)).toEqual([expect.stringMatching(/"CreateDomian".*did you mean CreateDomain/)]);
  });

  test('with an expired suppression stop synthesis', () => {
    const suppressions = [{ rule: 'domain-deleted', reason: 'a migration', expires: '2020-01-31' }];
    expect(problemsOf({ suppressions })).toEqual([expect.stringContaining('2020-01-31')]);
  });

  test('are refused all at once', () => {
    const suppressions = [{ rule: 'domain-deleted', reason: 'a migration', expires: '2020-01-31' }];
    expect(problemsOf({ suppressions, trustedAccounts: ['1234'], logFilePrefix: 'AWSLogs/' })).toHaveLength(3);
  });

  test('too large for the environment of a function stop synthesis and say which is the largest', () => {
    const trustedCallers = Array.from(
      { length: 80 },
      (_, index) => `arn:aws:iam::111122223333:role/deployment-${index}`,
    );
    expect(problemsOf({ trustedCallers, trustedAccounts: ['111122223333'] })).toEqual([
      expect.stringMatching(/need \d{4} bytes .* 4096 are allowed: shorten 'trustedCallers' first, which takes \d{4}/),
    ]);
  });
});
