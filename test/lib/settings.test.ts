import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Aws, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Match as EventMatch } from 'aws-cdk-lib/aws-events';
import { readSettings } from '../../lambda/settings';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { settingsFileIn } from '../support/deployed-settings';
import { appWith, problemsOf, stackWith } from './stack-in';
import { propertiesOf } from './template';

describe('settings', () => {
  /** The variables of the function, and the file that it finds the settings in. */
  function functionWith(props: EsConfigMonitorProps) {
    const app = appWith();
    const template = Template.fromStack(stackWith(props, app));
    const { Environment, Layers } = propertiesOf(template, 'AWS::Lambda::Function', 'Function');
    expect(Layers).toEqual([{ Ref: expect.stringMatching(/^Settings/) as unknown }]);
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    return { variables: Variables, settingsFile: settingsFileIn(app.synth().directory) };
  }

  const judgementOf = (props: EsConfigMonitorProps): unknown => readSettings(functionWith(props));

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

  test('travel as one file that anybody may read, in a layer of their own; the environment has names only', () => {
    const { variables, settingsFile } = functionWith({ trustedAccounts: ['111122223333'] });
    expect(variables['SETTINGS_FILE']).toBe('/opt/monitor.json');
    expect(readdirSync(path.dirname(settingsFile))).toEqual(['monitor.json']);
    expect(statSync(settingsFile).mode & 0o777).toBe(0o644);
    expect(readFileSync(settingsFile, 'utf8')).toBe('{\n  "trustedAccounts": [\n    "111122223333"\n  ]\n}\n');
    expect(JSON.stringify(variables)).not.toContain('111122223333');
  });

  test('are of any size: 3,000 trusted accounts and 300 suppressions', () => {
    const account = (index: number): string => String(100_000_000_000 + index * 7919);
    const many = {
      trustedAccounts: Array.from({ length: 3000 }, (_, index) => account(index)),
      suppressions: Array.from({ length: 300 }, (_, index) => ({
        rule: 'public-endpoint-created',
        account: account(index),
        reason: `sandbox ${index}, which is "rebuilt" every night`,
        expires: '2999-12-31',
      })),
    };
    expect(judgementOf(many)).toEqual(many);
  });

  test('are the same layer at each synthesis, and another one when they change', () => {
    const hashOf = (props: EsConfigMonitorProps): string =>
      path.basename(path.dirname(functionWith(props).settingsFile));
    expect(hashOf({})).toBe(hashOf({}));
    expect(hashOf({})).not.toBe(hashOf({ trustedAccounts: ['111122223333'] }));
  });

  test('that only the deployment knows stop synthesis with what to write instead, beside what else is wrong', () => {
    const trustedAccounts = [Aws.ACCOUNT_ID];
    expect(problemsOf({ trustedAccounts, trustedCallers: ['deploy'] })).toEqual([
      `'trustedAccounts' holds {"Ref":"AWS::AccountId"}, which only the deployment knows: settings are checked at synthesis, so ` +
        "write the value itself (in place of Aws.ACCOUNT_ID, the account in the 'env' of the stack)",
      expect.stringMatching(/^trustedCallers "deploy"/),
    ]);
    const parameter: Parameters<typeof problemsOf>[0] = (stack) => ({
      trustedNetworks: new CfnParameter(stack, 'Networks', { type: 'CommaDelimitedList' }).valueAsList,
    });
    expect(problemsOf(parameter)).toEqual([
      expect.stringMatching(/^'trustedNetworks' holds \{"Ref":"Networks"\}, which/),
    ]);
  });

  test('with a pattern on a parameter called Ref are no value of the deployment', () => {
    const pattern = { requestParameters: { Ref: ['x'] } };
    expect(problemsOf({ watchPatterns: [{ name: 'mine', pattern, severity: 'LOW' }] })).toEqual([
      expect.stringContaining('CloudTrail begins parameters with a small letter'),
    ]);
  });

  test('stay in their file where CDK is told to leave files where they are', () => {
    const app = appWith({ 'aws:cdk:disable-asset-staging': true });
    stackWith({ trustedAccounts: ['111122223333'] }, app);
    const settingsFile = settingsFileIn(app.synth().directory);
    expect(settingsFile).toContain('es-config-monitor-settings-');
    expect(readSettings({ settingsFile })).toEqual({ trustedAccounts: ['111122223333'] });
    rmSync(path.dirname(settingsFile), { recursive: true });
  });
});
