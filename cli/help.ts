import { wrapped } from '../core/base/plain-text';
import type { Command, Operands } from './command';
import { COMMAND_LINE, commandInvocation } from './invocation';
import { HELP, type Option } from './options';

const WIDTH = 88;

/** The line that says how `command` is called. */
export function usageOf({ operands }: Command, invocation: string): string {
  return `usage: ${[invocation, '[options]', ...(operands ? [operandsText(operands)] : [])].join(' ')}`;
}

/**
 * All there is to say about `command`.
 * @param invocation what is typed before its arguments
 */
export function helpOf(command: Command, invocation: string): string {
  const { summary, description, options, examples, exitCodes } = command;
  return sections([
    usageOf(command, invocation),
    [summary, ...(description === undefined ? [] : description.split('\n'))]
      .map((line) => wrapped(line, WIDTH, ''))
      .join('\n'),
    rows(
      'Options:',
      Object.entries({ ...options, help: HELP }).map(([name, option]) => [labelOf(name, option), describe(option)]),
    ),
    examplesOf(examples.map(({ args, gives }) => [run(invocation, args), gives])),
    rows('Exit code:', Object.entries(withFailure(exitCodes))),
  ]);
}

export const OVERVIEW_USAGE = `usage: ${COMMAND_LINE} COMMAND [options]`;

/** What the command line can do: its commands, with the first example of each. */
export function overviewOf(commands: readonly Command[]): string {
  return sections([
    OVERVIEW_USAGE,
    rows(
      'Commands:',
      commands.map(({ name, summary }) => [name, summary]),
    ),
    rows('Options:', [
      ['--help', 'this text (or -h); after a COMMAND, what there is to know about it'],
      ['--version', 'the version'],
    ]),
    examplesOf(commands.map(({ name, examples: [first] }) => [run(commandInvocation(name), first.args), first.gives])),
    rows('Exit codes:', EXIT_CODES),
  ]);
}

/** What they mean, whichever command ends with one; the help of each tells what exactly. */
const EXIT_CODES: readonly (readonly [code: string, means: string])[] = [
  ['0', 'done: nothing to object to was found'],
  [
    '1',
    'done: there are alerts, others are let in, log files are not as delivered, or something is wrong with settings',
  ],
  ['2', 'not all of it was done: something could not be read, or the command is wrong'],
];

/** Of any command: 2 is what it ends with where it cannot be run as it was asked to. */
function withFailure(exitCodes: Command['exitCodes']): Command['exitCodes'] {
  const itsOwn = exitCodes[2] === undefined ? '' : `${exitCodes[2]}; `;
  return { ...exitCodes, 2: `${itsOwn}the arguments are wrong, or it failed` };
}

function operandsText({ name, least, most }: Operands): string {
  const text = most === 1 ? name : `${name}...`;
  return least === 0 ? `[${text}]` : text;
}

const labelOf = (name: string, option: Option): string =>
  option.type === 'flag' ? `--${name}` : `--${name} ${option.value}`;

function describe(option: Option): string {
  const { description, aliases = [] } = option;
  const notes = [
    ...aliases.map((alias) => `also --${alias}`),
    ...(option.type === 'texts' ? ['may be given more than once'] : []),
    ...(option.type !== 'flag' && option.type !== 'texts' && option.default !== undefined
      ? [`default: ${option.default}`]
      : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

/** Without arguments nothing is passed on. */
const run = (invocation: string, args: string): string =>
  args === '' ? invocation.replace(/ --$/, '') : `${invocation} ${args}`;

const examplesOf = (examples: readonly (readonly [command: string, gives: string])[]): string =>
  ['Examples:', ...examples.map(([text, gives]) => `  ${text}\n${wrapped(gives, WIDTH, '      ')}`)].join('\n');

/** Two columns, the second as far to the right as the widest label needs. */
function rows(title: string, pairs: readonly (readonly [label: string, text: string])[]): string {
  const width = Math.max(...pairs.map(([label]) => label.length));
  return [title, ...pairs.map(([label, text]) => wrapped(text, WIDTH, `  ${label.padEnd(width)}  `))].join('\n');
}

const sections = (parts: readonly string[]): string => `${parts.join('\n\n')}\n`;
