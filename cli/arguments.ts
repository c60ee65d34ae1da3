import { parseArgs } from 'node:util';
import { didYouMean } from '../core/base/nearest';
import type { Command, Given, Operands } from './command';
import { UsageError } from './console';
import { defaultOf, HELP, readValue, type Flag, type Option, type Options, type Value, type ValuesOf } from './options';
import { quoted } from './quoted';

/** Whether `args` ask for help, whatever else is in them; after `--` there are no options. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

/**
 * What `args` say to `command`. An option is written `--name value` or `--name=value`, before or after the operands.
 * @param usage the line that says how the command is called
 * @throws UsageError for unknown options, with the nearest name; for values that cannot be, values given twice, and
 * operands too few or too many
 */
export function readArguments<Named extends Options>(
  { options, operands }: Command<Named>,
  args: readonly string[],
  usage: string,
): Given<Named> {
  const given = operandsAndOptions(options, args);
  const problem = operandsProblem(operands, given.operands);
  if (problem !== undefined) throw new UsageError(`${problem}\n${usage}`);
  return given;
}

function operandsAndOptions<Named extends Options>(options: Named, args: readonly string[]): Given<Named> {
  const known = knownOptions(options);
  const kinds = [...known].map(([typed, { option }]) => {
    const type: 'boolean' | 'string' = option.type === 'flag' ? 'boolean' : 'string';
    return [typed, { type }] as const;
  });
  // Not strict: its messages know neither the nearest name nor what is allowed.
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(kinds),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const values = new Map<string, Value>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const found = known.get(token.name);
    if (!found) throw unknownOption(args[token.index] ?? token.rawName, known);
    const { name, option } = found;
    if (option.type === 'flag') values.set(name, flagIn(token));
    else if (option.type === 'texts') values.set(name, [...textsIn(values.get(name)), valueIn(token, option)]);
    else if (values.has(name)) throw new UsageError(`--${name} is given more than once; allowed: one ${option.value}`);
    else values.set(name, readValue(name, option, valueIn(token, option)));
  }
  const all = Object.entries(options).map(([name, option]) => [name, values.get(name) ?? defaultOf(option)]);
  return { options: Object.fromEntries(all) as ValuesOf<Named>, operands };
}

const textsIn = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [];

interface Known {
  readonly name: string;
  readonly option: Option;
}

/** By each name that may be typed. */
function knownOptions(options: Options): ReadonlyMap<string, Known> {
  return new Map(
    Object.entries({ ...options, help: HELP }).flatMap(([name, option]) =>
      [name, ...(option.aliases ?? [])].map((typed) => [typed, { name, option }] as const),
    ),
  );
}

/** An option as `parseArgs` found it. */
interface Token {
  /** With its hyphens. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Written as `--name=value`. */
  readonly inlineValue?: boolean | undefined;
}

/** @throws UsageError for a flag with a value */
function flagIn({ rawName, value }: Token): true {
  if (value !== undefined) throw new UsageError(`${rawName} takes no value, got ${quoted(value)}`);
  return true;
}

/** @throws UsageError where there is none, or it is rather the next option */
function valueIn({ rawName, value, inlineValue }: Token, { value: valueName }: Exclude<Option, Flag>): string {
  if (value === undefined) throw new UsageError(`${rawName} has no value; allowed: ${valueName}`);
  if (inlineValue || !/^-./s.test(value)) return value;
  throw new UsageError(
    `${rawName} has no value: ${quoted(value)} follows; a value that begins with a hyphen is written ${rawName}=VALUE`,
  );
}

/** @param arg as it was typed: `--formt=json`, or `-formt`, which Node.js reads as many options of one letter */
function unknownOption(arg: string, known: ReadonlyMap<string, Known>): UsageError {
  const typed = arg.replace(/=.*$/s, '');
  const names = new Set([...known.values()].map(({ name }) => `--${name}`));
  const nearest = didYouMean(
    typed.replace(/^-+/, '--'),
    [...known.keys()].map((name) => `--${name}`),
  );
  return new UsageError(`unknown option ${quoted(typed)}; allowed: ${[...names].join(', ')}${nearest}`);
}

function operandsProblem(allowed: Operands | undefined, [first, second]: readonly string[]): string | undefined {
  if (!allowed) return first === undefined ? undefined : `unexpected ${quoted(first)}; allowed: options only`;
  if (first === undefined) return allowed.least === 1 ? `no ${allowed.name} given` : undefined;
  if (second === undefined || allowed.most === 'any number') return undefined;
  return `unexpected ${quoted(second)}; allowed: one ${allowed.name}`;
}
