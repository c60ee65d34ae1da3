import { isObject } from '../../core/base/members';
import { readExtracts } from '../catalogue-check/extracts';
import type { Input, Shape } from '../catalogue-check/model';

/** The options that every command of the AWS CLI takes. */
const GLOBAL_OPTIONS = new Set(['--region', '--query', '--output', '--profile', '--cli-input-json', '--max-items']);

/** The API behind each service of the AWS CLI whose model is kept here. */
const APIS: Readonly<Record<string, string>> = { opensearch: 'opensearch/2021-01-01', es: 'es/2015-01-01' };

/** What a command gives to one option. */
export interface Option {
  readonly name: string;
  /** Joined with spaces where the option takes several; empty for a flag. */
  readonly value: string;
}

export interface Command {
  readonly service: string;
  readonly operation: string;
  readonly options: readonly Option[];
}

/** The parts of a command, as a shell splits it; quotes are whole words here. */
export function readCommand(text: string): Command {
  const words = (text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
  const [, service = '', operation = '', ...rest] = words;
  const options: { name: string; values: string[] }[] = [];
  for (const word of rest) {
    if (word.startsWith('--')) options.push({ name: word, values: [] });
    else options.at(-1)?.values.push(word);
  }
  return { service, operation, options: options.map(({ name, values }) => ({ name, value: values.join(' ') })) };
}

/** Whether the model of the command's service is kept here. */
export const isModelled = ({ service }: Command): boolean => APIS[service] !== undefined;

/** The operation a command calls, with its input; `undefined` where the model has none of that name. */
export function operationOfCommand({ service, operation }: Command): Input | undefined {
  const extract = readExtracts().find(({ api }) => api === APIS[service]);
  const name = Object.keys(extract?.model.operations ?? {}).find((each) => inCommand(each) === operation);
  return name === undefined ? undefined : extract?.model.operations[name];
}

/** What is wrong with a command of a service whose model is kept here. */
export function faultsIn(command: Command): readonly string[] {
  const input = operationOfCommand(command);
  if (input === undefined) return [`${command.service} has no operation ${command.operation}`];
  return command.options.flatMap(({ name, value }) => {
    if (name === '--cli-input-json') return faultsOf(input, JSON.parse(value), '');
    if (GLOBAL_OPTIONS.has(name)) return [];
    const member = memberOfOption(input, name);
    if (member === undefined) return [`${command.operation} has no option ${name}`];
    return /^\w+=/.test(value) ? faultsOf(member, shorthand(value), name) : [];
  });
}

/** The shape of the member an option sets. */
export function memberOfOption(input: Input, option: string): Shape | undefined {
  const name = Object.keys(input).find((member) => `--${inCommand(member)}` === option.replace(/^--no-/, '--'));
  return name === undefined ? undefined : input[name];
}

/** `A=1,B=2,C=3,4`, as the AWS CLI reads it into a structure, of which `C` is a list; what is deeper is left to the AWS CLI. */
const shorthand = (value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(value.split(/,(?=\w+=)/).map((pair) => pair.split('=') as [string, string]));

/** The members of a value that its shape does not have. */
function faultsOf(shape: Shape, value: unknown, path: string): readonly string[] {
  if (typeof shape === 'string') return isObject(value) ? [`${path} takes no structure`] : [];
  if (Array.isArray(shape)) {
    const [item] = shape as readonly [Shape];
    return (Array.isArray(value) ? value : [value]).flatMap((each) => faultsOf(item, each, path));
  }
  if (!isObject(value)) return [`${path} takes a structure`];
  const members = shape as Readonly<Record<string, Shape>>;
  return Object.entries(value).flatMap(([name, inside]) => {
    const member = members['*'] ?? members[name];
    return member === undefined ? [`${path || 'the input'} has no member ${name}`] : faultsOf(member, inside, name);
  });
}

/** The name of an operation or a member as the AWS CLI spells it: `VPCOptions` is `vpc-options`. */
export function inCommand(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
