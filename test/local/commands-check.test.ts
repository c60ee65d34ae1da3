import { RULES } from '../../core/rules';
import {
  faultsIn,
  inCommand,
  isModelled,
  operationOfCommand,
  readCommand,
} from '../../local/commands-check/against-models';
import { commandsInAlerts, commandsOfRules } from '../../local/commands-check/commands';

const faultsOf = (text: string): readonly string[] => faultsIn(readCommand(text));
const modelled = (commands: readonly string[]): readonly string[] =>
  commands.filter((text) => isModelled(readCommand(text)));

describe('the commands', () => {
  const ofRules = commandsOfRules();
  const inAlerts = commandsInAlerts();

  test.each(modelled([...new Set([...ofRules, ...inAlerts])]))('%s is one the model knows', (command) => {
    expect(faultsOf(command)).toEqual([]);
  });

  test('are all that rules have, and those that alerts make of them', () => {
    const written = RULES.flatMap(({ remediation: { command, commands = {} } }) => [
      command,
      ...Object.values(commands),
    ]);
    expect(ofRules).toHaveLength(new Set(written.filter((command) => command !== undefined)).size);
    expect(modelled(inAlerts).length).toBeGreaterThan(20);
    expect(inAlerts.filter((command) => command.includes('--cli-input-json'))).not.toEqual([]);
  });
});

describe('a command is wrong with', () => {
  test.each([
    ['an operation that is none', 'aws opensearch update-domain --domain-name logs', 'no operation update-domain'],
    ['an operation of the other generation', 'aws es update-domain-config --domain-name logs', 'no operation'],
    [
      'an option that is none',
      'aws opensearch update-domain-config --access-policy file://policy.json',
      'update-domain-config has no option --access-policy',
    ],
    [
      'an option that is shortened',
      'aws opensearch update-domain-config --access-polici a',
      'no option --access-polici',
    ],
    [
      'a member that is none',
      'aws opensearch update-domain-config --domain-endpoint-options EnforceHttps=true',
      '--domain-endpoint-options has no member EnforceHttps',
    ],
    [
      'one among others',
      'aws opensearch update-domain-config --domain-endpoint-options EnforceHTTPS=true,Custom=a',
      'has no member Custom',
    ],
    [
      'one deep in JSON',
      `aws opensearch update-domain-config --cli-input-json '{"DomainName":"logs","VPCOptions":{"Subnets":["a"]}}'`,
      'VPCOptions has no member Subnets',
    ],
    [
      'a structure where a text belongs',
      `aws opensearch update-domain-config --cli-input-json '{"AccessPolicies":{"Statement":[]}}'`,
      'AccessPolicies takes no structure',
    ],
    [
      'a text where a structure belongs',
      `aws opensearch update-domain-config --cli-input-json '{"ClusterConfig":"a"}'`,
      'ClusterConfig takes a structure',
    ],
  ])('%s', (_, command, fault) => {
    expect(faultsOf(command).join()).toContain(fault);
  });

  test.each([
    'aws opensearch update-domain-config --domain-name logs --access-policies file://policy.json --region eu-west-1',
    'aws opensearch update-domain-config --domain-endpoint-options EnforceHTTPS=true,CustomEndpointEnabled=false',
    'aws opensearch update-domain-config --advanced-options rest.action.multi.allow_explicit_index=false',
    `aws opensearch update-domain-config --cli-input-json '{"DomainName":"logs","AdvancedOptions":{"a":"b"}}'`,
    'aws opensearch add-replication-peer --domain-name logs --peer-domain-arn arn --no-dry-run',
    'aws es update-elasticsearch-domain-config --domain-name logs --ebs-options EBSEnabled=true',
  ])('nothing: %s', (command) => {
    expect(faultsOf(command)).toEqual([]);
  });
});

test.each([
  ['UpdateDomainConfig', 'update-domain-config'],
  ['VPCOptions', 'vpc-options'],
  ['EBSOptions', 'ebs-options'],
  ['IPAddressType', 'ip-address-type'],
  ['AIMLOptions', 'aiml-options'],
  ['ARN', 'arn'],
  ['dataSourceArn', 'data-source-arn'],
  ['PackageID', 'package-id'],
])('%s is %s in a command', (name, spelt) => {
  expect(inCommand(name)).toBe(spelt);
});

test('a command that quotes JSON is read as a shell reads it', () => {
  expect(readCommand(`aws es a-b --name logs --flag --list one two --json '{"a": "b c"}'`)).toEqual({
    service: 'es',
    operation: 'a-b',
    options: [
      { name: '--name', value: 'logs' },
      { name: '--flag', value: '' },
      { name: '--list', value: 'one two' },
      { name: '--json', value: '{"a": "b c"}' },
    ],
  });
  expect(operationOfCommand(readCommand('aws es add-tags'))).toEqual({
    ARN: 'string',
    TagList: [{ Key: 'string', Value: 'string' }],
  });
});
