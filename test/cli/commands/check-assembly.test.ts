import { join } from 'node:path';
import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Domain, EngineVersion, type DomainProps } from 'aws-cdk-lib/aws-opensearchservice';
import { COMMANDS } from '../../../cli/commands';
import { runCommandLine } from '../../../cli/command-line';
import { toldBy } from '../../support/console';
import { temporaryFolder } from '../../support/log-files';

const { at, file } = temporaryFolder();
const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, ['check', ...args], console));

const OPEN: DomainProps = {
  version: EngineVersion.OPENSEARCH_2_19,
  accessPolicies: [new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['es:*'], resources: ['*'] })],
};

interface Found {
  readonly resources: readonly {
    readonly file: string;
    readonly address: string;
    readonly domain: string;
    readonly findings: readonly { readonly rule: string; readonly doubt: string | null; readonly address: string }[];
  }[];
}

test('of a cloud assembly all stacks are judged, those of stages and those within others', async () => {
  const outdir = at('cdk.out');
  const app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'One', { env: { account: '111122223333', region: 'eu-west-1' } });
  new Domain(stack, 'Logs', { ...OPEN, domainName: 'logs' });
  new Domain(new NestedStack(stack, 'Inner'), 'Traces', { ...OPEN, domainName: 'traces' });
  new Domain(new Stack(new Stage(app, 'Prod'), 'Search'), 'Orders', { ...OPEN, domainName: 'orders' });
  const named = new Stack(app, 'Named');
  new Domain(named, 'Named', { ...OPEN, domainName: new CfnParameter(named, 'Name').valueAsString });
  app.synth();

  const { out, code } = await run('--format', 'json', outdir);
  const { resources } = JSON.parse(out) as Found;
  expect(new Map(resources.map(({ address, domain }) => [address, domain]))).toEqual(
    new Map([
      ['Named/Named', 'named-named'],
      ['One/Inner/Traces', 'traces'],
      ['One/Logs', 'logs'],
      ['Prod/Search/Orders', 'orders'],
    ]),
  );
  for (const { findings } of resources) {
    expect(findings[0]).toMatchObject({ rule: 'access-policy-public', doubt: null });
    expect(findings[0]?.address).toContain('AccessPolicy');
  }
  expect(resources.find(({ domain }) => domain === 'orders')?.file).toContain('assembly-Prod');
  expect(code).toBe(1);
});

test('an assembly that names files outside of it is not read', async () => {
  file(
    join('evil', 'manifest.json'),
    JSON.stringify({
      artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: '../../secret.json' } } },
    }),
  );
  file(join('evil', 'tree.json'), '{}');
  const { err, code } = await run(at('evil'));
  expect(err).toContain('names a file outside of it: "../../secret.json"');
  expect(code).toBe(2);
});
