import { convertFiles } from '@cdktf/hcl2json';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { memberOf } from '../../core/base/members';
import { PARAMETERS, type Parameter, type ParameterName } from '../../local/release/parameters';
import { ROOT } from '../support/root';

/** The Terraform module, which launches the plain template: its variables are the template's parameters. */

const FOLDER = path.join(ROOT, 'examples', 'terraform');
const NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

let parsed: unknown;
beforeAll(async () => {
  parsed = await convertFiles(FOLDER);
});

const snakeCase = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
/** A block may be there more than once, so that the parser gives a list of one. */
const only = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : undefined;
const variableOf = (name: string): unknown => only(memberOf(parsed, 'variable', snakeCase(name)));

test('there is a variable for each parameter, and two of its own', () => {
  const own = ['release_folder', 'stack_name'];
  const variables = Object.keys(memberOf(parsed, 'variable') ?? {});
  expect([...variables].sort()).toEqual([...own, ...NAMES.map(snakeCase)].sort());
});

test('each variable is given as the parameter of its name', () => {
  const stack = only(memberOf(parsed, 'resource', 'aws_cloudformation_stack', 'monitor'));
  const given = memberOf(stack, 'parameters');
  const expected = NAMES.map((name) => [name, `\${var.${snakeCase(name)}}`] as const);
  expect(given).toEqual({
    ...Object.fromEntries(expected),
    CodePrefix: '${local.code_prefix}',
    WatchedEvents: '${join(",", var.watched_events)}',
  });
});

test.each(NAMES)('%s has the type, the default and the values of the parameter', (name) => {
  const { Default: byDefault, AllowedValues: allowed }: Parameter = PARAMETERS[name];
  const isList = name === 'WatchedEvents';
  expect(variableOf(name)).toMatchObject({
    description: expect.stringMatching(/.{20,}/) as unknown,
    type: isList ? '${list(string)}' : '${string}',
  });
  expect(memberOf(variableOf(name), 'default')).toEqual(isList ? [] : byDefault);
  if (allowed === undefined) return;
  expect(memberOf(only(memberOf(variableOf(name), 'validation')), 'condition')).toContain(
    `contains([${allowed.map((value) => `"${value}"`).join(', ')}], var.${snakeCase(name)})`,
  );
});

const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' });
const whereTerraformIs = terraform.status === 0 ? test : test.skip;
if (terraform.status !== 0)
  console.warn('there is no terraform on this machine: whether the module is formatted is not checked');

whereTerraformIs('it is formatted as Terraform formats', () => {
  expect(spawnSync('terraform', ['fmt', '-check', FOLDER], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: '',
  });
});
