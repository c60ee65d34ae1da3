import { App, CfnParameter, Duration, Fn, NestedStack, Stack, Stage, Validations, type StackProps } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Domain,
  EngineVersion,
  type CfnDomain,
  TLSSecurityPolicy,
  type DomainProps,
} from 'aws-cdk-lib/aws-opensearchservice';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigurationError, EsConfigMonitorChecks, type EsConfigMonitorChecksProps } from '../../lib';

const ENV: StackProps = { env: { account: '111122223333', region: 'eu-west-1' } };
const STRICT: DomainProps = {
  version: EngineVersion.OPENSEARCH_2_19,
  domainName: 'logs',
  enforceHttps: true,
  nodeToNodeEncryption: true,
  encryptionAtRest: { enabled: true },
};
const OPEN = new PolicyStatement({
  effect: Effect.ALLOW,
  principals: [new AnyPrincipal()],
  actions: ['es:*'],
  resources: ['*'],
});

/** The report that stops the synthesis of an app; `undefined` where nothing stops it. */
function stopOf(build: (app: App) => void, checks = new EsConfigMonitorChecks()): string | undefined {
  const app = new App({ analyticsReporting: false });
  Validations.of(app).addPlugins(checks);
  build(app);
  try {
    app.synth();
  } catch (error) {
    return String(error).replace(/\s+/g, ' ');
  }
  return undefined;
}

const withDomain =
  (props: DomainProps, env = ENV) =>
  (app: App): void => {
    new Domain(new Stack(app, 'Search', env), 'Domain', props);
  };

beforeAll(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterAll(() => jest.restoreAllMocks());

describe('a synthesis', () => {
  test('is stopped by an open domain, with the sentence of the alert and a request that gets in', () => {
    const stop = stopOf(withDomain({ ...STRICT, accessPolicies: [OPEN] }));
    expect(stop).toContain(
      'CreateDomain on logs: anyone on the internet can read and write every index of logs: statement 1 allows es:* to everyone',
    );
    expect(stop).toContain('an unsigned GET from 203.0.113.10 to /_search is allowed by statement 1');
    expect(stop).toContain('access-policy-public');
  });

  test('is not stopped by one behind a sign-in', () => {
    const props: DomainProps = {
      ...STRICT,
      accessPolicies: [OPEN],
      fineGrainedAccessControl: { masterUserArn: 'arn:aws:iam::111122223333:role/admin' },
      tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS,
    };
    expect(stopOf(withDomain(props))).toBeUndefined();
    expect(stopOf(withDomain(props), new EsConfigMonitorChecks({ failOn: 'LOW' }))).toContain('access-policy-public');
  });

  test('is stopped by what cannot be known, which is said to be doubt', () => {
    const statement = new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['es:*'],
      resources: ['*'],
      conditions: { IpAddress: { 'aws:SourceIp': Fn.importValue('Office') } },
    });
    const stop = stopOf(withDomain({ ...STRICT, accessPolicies: [statement] }));
    expect(stop).toContain('it may be that the access policy lets anyone in');
    expect(stop).toContain(
      'not known before the deployment: if what is not known of the access policy (the import Office)',
    );
  });

  test.each([true, false])('is stopped by a domain in a nested stack; its file is named: %s', (isNamed) => {
    const stop = stopOf((app) => {
      app.node.setContext('aws:cdk:enable-asset-metadata', isNamed);
      const outer = new Stack(app, 'Search', ENV);
      new Domain(new NestedStack(outer, 'Inner'), 'Domain', { ...STRICT, accessPolicies: [OPEN] });
    });
    expect(stop).toContain('anyone on the internet can read and write every index of logs');
  });

  test('takes what is passed to a nested stack for certain', () => {
    const checks = new EsConfigMonitorChecks({ failOn: 'MEDIUM' });
    const stop = stopOf((app) => {
      app.node.setContext('aws:cdk:enable-asset-metadata', true);
      const inner = new NestedStack(new Stack(app, 'Search', ENV), 'Inner', { parameters: { Https: 'false' } });
      const https = new CfnParameter(inner, 'Https', { default: 'true' });
      const domain = new Domain(inner, 'Domain', STRICT);
      (domain.node.defaultChild as CfnDomain).addPropertyOverride('DomainEndpointOptions.EnforceHTTPS', https.value);
    }, checks);
    expect(stop).toContain('the domain is created without enforcement of HTTPS');
    expect(stop).not.toContain('EnforceHTTPS, from');
  });

  test('is stopped by a domain in a stage', () => {
    const stop = stopOf((app) => {
      new Domain(new Stack(new Stage(app, 'Prod', ENV), 'Search'), 'Domain', { ...STRICT, accessPolicies: [OPEN] });
    });
    expect(stop).toContain('access-policy-public');
  });

  test('goes on where findings are acknowledged, and where nothing is a domain', () => {
    const stop = stopOf((app) => {
      const domain = withDomain({ ...STRICT, accessPolicies: [OPEN] });
      domain(app);
      Validations.of(app).acknowledge(
        { id: 'EsConfigMonitor::access-policy-public', reason: 'a test' },
        { id: 'EsConfigMonitor::fine-grained-access-off', reason: 'a test' },
      );
    });
    expect(stop).toBeUndefined();
    expect(
      stopOf((app) => new Queue(new Stack(app, 'Other'), 'Queue', { visibilityTimeout: Duration.minutes(1) })),
    ).toBeUndefined();
  });

  test('is judged by the settings of the monitor', () => {
    const settings = {
      severityOverrides: { 'access-policy-public': 'MEDIUM', 'fine-grained-access-off': 'MEDIUM' },
    } as const;
    expect(
      stopOf(withDomain({ ...STRICT, accessPolicies: [OPEN] }), new EsConfigMonitorChecks({ settings })),
    ).toBeUndefined();
    expect(() => new EsConfigMonitorChecks({ settings: { trustedAccounts: ['1'] } })).toThrow('trustedAccounts');
  });

  test('is checked by cdk-nag as well, each with findings of its own', () => {
    const stop = stopOf((app) => {
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      withDomain({ ...STRICT, accessPolicies: [OPEN] })(app);
    });
    expect(stop).toContain('AwsSolutions-OS');
    expect(stop).toContain('anyone on the internet can read and write every index of logs');
  });
});

test('a version of CDK that tells of no stacks has its templates judged', () => {
  const app = new App({ analyticsReporting: false });
  withDomain({ ...STRICT, accessPolicies: [OPEN] })(app);
  const { stacks } = app.synth();
  const { success, violations } = new EsConfigMonitorChecks().validate({
    templatePaths: stacks.map(({ templateFullPath }) => templateFullPath),
  });
  expect(success).toBe(false);
  expect(violations[0]).toMatchObject({
    ruleName: 'access-policy-public',
    severity: 'error',
    ruleMetadata: { severity: 'CRITICAL' },
    violatingResources: [{ templatePath: stacks[0]?.templateFullPath }],
  });
});

test.each<[string, unknown, readonly string[]]>([
  ['null', null, ['the props must be an object, got null']],
  [
    'a severity in small letters',
    { failOn: 'high' },
    [`'failOn' must be one of LOW, MEDIUM, HIGH, CRITICAL, got "high"`],
  ],
  [
    'one that no alert has',
    { failOn: 'INFORMATIONAL' },
    [`'failOn' must be one of LOW, MEDIUM, HIGH, CRITICAL, got "INFORMATIONAL"`],
  ],
  ['a name that is none', { failon: 'LOW' }, [`"failon" is no setting; did you mean failOn?`]],
  [
    'settings that are none',
    { settings: { trustedAccounts: '111122223333' } },
    ['trustedAccounts is "111122223333"; allowed: a list of texts'],
  ],
])('%s is refused, from code that is not type-checked', (_, props, problems) => {
  expect(() => new EsConfigMonitorChecks(props as EsConfigMonitorChecksProps)).toThrow(
    new ConfigurationError(problems),
  );
});
