import path, { join } from 'node:path';
import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Domain, EngineVersion, type DomainProps } from 'aws-cdk-lib/aws-opensearchservice';
import { COMMANDS } from '../../../cli/commands/all';
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

describe('of a nested stack', () => {
  const parent = (parameters: string, url = 'child.yaml'): string =>
    `Parameters: { Stage: { Type: String, AllowedValues: [prod, dev] } }
Conditions: { IsMade: !Equals [a, b], IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Search:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: '${url}', Parameters: ${parameters} }
`;
  const CHILD = `Parameters: { Https: { Type: String, Default: 'true' }, Stage: { Type: String, Default: prod } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Domain:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: !Sub logs-\${Stage}
      EncryptionAtRestOptions: { Enabled: true }
      NodeToNodeEncryptionOptions: { Enabled: true }
      DomainEndpointOptions: { EnforceHTTPS: !Ref Https, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10 }
      VPCOptions: { SubnetIds: [subnet-1] }
      AdvancedSecurityOptions: { Enabled: !If [IsProd, true, false] }
`;

  const foundIn = async (
    name: string,
    text: string,
    child = CHILD,
  ): Promise<readonly (readonly [string, string, string | null])[]> => {
    file(path.join(name, 'child.yaml'), child);
    file(path.join(name, 'parent.yaml'), text);
    const { out } = await run('--format', 'json', at(name));
    return (JSON.parse(out) as Found).resources.flatMap(({ address, findings }) =>
      findings.map(({ rule, doubt }) => [address, rule, doubt] as const),
    );
  };

  test.each<[string, string, readonly (readonly [string, string, string | null])[]]>([
    ['what the other passes is certain', "{ Https: 'false' }", [['Search/Domain', 'https-not-enforced', null]]],
    ['what it does not pass is the default, which nobody can change', '{}', []],
    [
      'what it passes of a parameter of its own has the values of that, whatever conditions are called',
      '{ Stage: !Ref Stage }',
      [['Search/Domain', 'fine-grained-access-off', 'if the parameter Stage is dev']],
    ],
    [
      'what it passes of an import is not known',
      '{ Https: !ImportValue Https }',
      [
        [
          'Search/Domain',
          'https-not-enforced',
          'if DomainEndpointOptions.EnforceHTTPS, from the import Https, is false',
        ],
      ],
    ],
  ])('%s', async (title, parameters, expected) => {
    expect(await foundIn(title.slice(0, 20), parent(parameters))).toEqual(expected);
  });

  test('conditions of one name are two', async () => {
    const unknown = (text: string, of: string): string =>
      text.replace('[!Ref Stage, prod]', `[!ImportValue ${of}, prod]`);
    const outer = unknown(parent("{ Https: !If [IsProd, 'false', 'true'] }"), 'Outer');
    const inner = unknown(CHILD, 'Inner').replace('!Ref Https', '!If [IsProd, true, !Ref Https]');
    const found = await foundIn('two', outer, inner);
    expect(found.map(([, rule]) => rule)).toContain('https-not-enforced');
  });

  test('that is not made nothing is found', async () => {
    const text = parent("{ Https: 'false' }").replace('    Properties', '    Condition: IsMade\n    Properties');
    expect(await foundIn('unmade', text)).toEqual([]);
  });

  test.each(['https://bucket.s3.amazonaws.com/child.yaml', '../child.yaml', 'nowhere.yaml', '/etc/hostname'])(
    'with its template at %s, it is told that it cannot be seen',
    async (url) => {
      const { out } = await run(file('alone/parent.yaml', parent('{}', url)));
      expect(out).toContain('cannot be seen in it: the nested stack Search has a template of its own');
    },
  );

  test('of one in itself there is an end', async () => {
    const { err } = await run(file('alone/child.yaml', parent('{}')));
    expect(err).toContain('nothing to object to');
  });

  const nested = (name: string, url: string, times: number): string =>
    `Resources:\n${Array.from({ length: times }, (_, at) => `  ${name}${at}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${url} } }`).join('\n')}\n`;

  test('of many in itself none is read twice, and that is told', async () => {
    const { out } = await run(file('itself/child.yaml', nested('Child', 'child.yaml', 8)));
    expect(out.match(/cannot be seen in it: the nested stack Child\d/g)).toHaveLength(8);
  });

  test('of stacks by the billion 500 are read, and of each other it is told that it was not', async () => {
    for (let at = 0; at < 9; at += 1) file(`many/${at}.yaml`, nested('Next', `${at + 1}.yaml`, 10));
    file('many/9.yaml', nested('End', 'nowhere.yaml', 1));
    const { out } = await run(at('many/0.yaml'));
    const told = (name: string): number =>
      out.match(new RegExp(`the nested stack ${name}\\d has a template`, 'g'))?.length ?? 0;
    // Of each file but the last ten are named, and all that was read are named by one but the first.
    const files = told('End');
    expect(told('Next')).toBe((500 - files) * 10 + 10 - 500);
  });

  test('a template that is named alone is judged with the one within it', async () => {
    file('named/child.yaml', CHILD);
    const { out } = await run(file('named/parent.yaml', parent("{ Https: 'false' }")));
    expect(out).toContain(`${at('named/child.yaml')}:4 Search/Domain (logs-prod): CreateDomain`);
  });
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
