import { command, type Command } from '../../cli/command';
import { UsageError } from '../../cli/console';
import { runCommand } from '../../cli/program';
import { toldBy } from '../support/console';

/** Tells what it was given. */
const BAKE = command({
  name: 'bake',
  summary: 'Bakes a cake.',
  description: 'A CAKE is baked once.',
  operands: { name: 'CAKE', least: 1, most: 'any number' },
  options: {
    oven: { type: 'choice', value: 'KIND', allowed: ['gas', 'Wood'], default: 'gas', description: 'what heats it' },
    recipe: { type: 'text', value: 'FILE', aliases: ['instructions'], description: 'a file to bake by' },
    minutes: { type: 'whole-number', value: 'COUNT', least: 5, default: 40, description: 'how long' },
    layers: { type: 'whole-number', value: 'COUNT', least: 1, description: 'how many' },
    iced: { type: 'flag', description: 'with icing' },
  },
  examples: [
    { args: 'sponge', gives: 'a sponge' },
    { args: '--oven wood --iced sponge', gives: 'a better one' },
  ],
  exitCodes: { 0: 'baked', 1: 'burnt' },
  async run(given, console) {
    console.out(JSON.stringify(given));
    return 1;
  },
});

const REST = command({
  name: 'rest',
  summary: 'Rests.',
  options: {},
  examples: [
    { args: '', gives: 'a rest' },
    { args: '--help', gives: 'this text' },
  ],
  exitCodes: { 0: 'rested' },
  run: async () => 0,
});

const run = (what: Command, ...args: readonly string[]) =>
  toldBy((console) => runCommand(what, args, console, `kitchen ${what.name}`));

const given = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await run(BAKE, ...args)).out);

const DEFAULTS = { oven: 'gas', minutes: 40, iced: false };

describe('arguments', () => {
  test.each<[readonly string[], object]>([
    [['sponge'], { options: DEFAULTS, operands: ['sponge'] }],
    [['a', '--iced', 'b'], { options: { ...DEFAULTS, iced: true }, operands: ['a', 'b'] }],
    [['--oven', 'wood', 'a'], { options: { ...DEFAULTS, oven: 'Wood' }, operands: ['a'] }],
    [['--oven=GAS', 'a'], { options: DEFAULTS, operands: ['a'] }],
    [['--recipe=a=b', 'a'], { options: { ...DEFAULTS, recipe: 'a=b' }, operands: ['a'] }],
    [['--recipe', '-', 'a'], { options: { ...DEFAULTS, recipe: '-' }, operands: ['a'] }],
    [['--recipe=--iced', 'a'], { options: { ...DEFAULTS, recipe: '--iced' }, operands: ['a'] }],
    [['--recipe=', 'a'], { options: { ...DEFAULTS, recipe: '' }, operands: ['a'] }],
    [['--instructions', 'x', 'a'], { options: { ...DEFAULTS, recipe: 'x' }, operands: ['a'] }],
    [['--minutes', '5', '--layers=007', 'a'], { options: { ...DEFAULTS, minutes: 5, layers: 7 }, operands: ['a'] }],
    [['--iced', '--iced', 'a'], { options: { ...DEFAULTS, iced: true }, operands: ['a'] }],
    [['--', '--iced', '-h', '--help'], { options: DEFAULTS, operands: ['--iced', '-h', '--help'] }],
  ])('%j are read', async (args, expected) => {
    expect(await given(...args)).toEqual(expected);
  });

  test.each<[readonly string[], string]>([
    [['--cles', 'a'], 'unknown option "--cles"; allowed: --oven, --recipe, --minutes, --layers, --iced, --help'],
    [['--icde', 'a'], '--help; did you mean --iced?'],
    [['--ovn=wood', 'a'], 'unknown option "--ovn"; allowed'],
    [['--ovn=wood', 'a'], 'did you mean --oven?'],
    [['--ovn=wo\nod', 'a'], 'unknown option "--ovn"; allowed'],
    [['--instruction', 'x', 'a'], 'did you mean --instructions?'],
    [['-iced', 'a'], 'unknown option "-iced"'],
    [['-iced', 'a'], 'did you mean --iced?'],
    [['-i', 'a'], 'unknown option "-i"'],
    [['--no-iced', 'a'], 'unknown option "--no-iced"'],
    [['--Iced', 'a'], 'did you mean --iced?'],
    [['--__proto__=x', 'a'], 'unknown option "--__proto__"'],
    [['--constructor', 'a'], 'unknown option "--constructor"'],
    [['--oven', 'coal', 'a'], '--oven is "coal"; allowed: gas, Wood'],
    [['--oven=', 'a'], '--oven is ""; allowed: gas, Wood'],
    [['--minutes', '4', 'a'], '--minutes is "4"; allowed: a whole number from 5'],
    [['--minutes=1e3', 'a'], '--minutes is "1e3"; allowed: a whole number from 5'],
    [['--minutes=', 'a'], '--minutes is ""; allowed: a whole number from 5'],
    [['--minutes=-7', 'a'], '--minutes is "-7"; allowed: a whole number from 5'],
    [['--minutes=9007199254740993', 'a'], '--minutes is "9007199254740993"; allowed: a whole number from 5'],
    [['a', '--oven'], '--oven has no value; allowed: KIND'],
    [['--recipe', '--iced', 'a'], '--recipe has no value: "--iced" follows; a value that begins with a hyphen is'],
    [['--iced=no', 'a'], '--iced takes no value, got "no"'],
    [['--help=me', 'a'], '--help takes no value, got "me"'],
    [['--recipe', 'a', '--instructions=b', 'a'], '--recipe is given more than once; allowed: one FILE'],
    [['--iced'], 'no CAKE given'],
  ])('%j are refused', async (args, message) => {
    await expect(run(BAKE, ...args)).rejects.toThrow(UsageError);
    await expect(run(BAKE, ...args)).rejects.toThrow(message);
  });

  test('beside options that are missing are told with how the command is called', async () => {
    await expect(run(BAKE)).rejects.toThrow('no CAKE given\nusage: kitchen bake [options] CAKE...');
  });

  test('beside options are refused where none are taken, and where only one is', async () => {
    await expect(run(REST, 'now')).rejects.toThrow('unexpected "now"; allowed: options only\nusage: kitchen rest');
    const once: Command = { ...BAKE, operands: { name: 'CAKE', least: 0, most: 1 } };
    expect((await run(once)).code).toBe(1);
    expect((await run(once, 'a')).code).toBe(1);
    await expect(run(once, 'a', 'b')).rejects.toThrow(
      'unexpected "b"; allowed: one CAKE\nusage: kitchen bake [options] [CAKE]',
    );
  });

  test.each([
    [['--a\nb\u001b[2K\u009b\u202e\u200b', 'x']],
    [['--iced=\n\u001b[2K\u009b\u202e', 'x']],
    [['--oven=\n\u001b[2K\u009b\u202e', 'x']],
    [['--minutes', '\n\u001b[2K\u009b\u202e', 'x']],
    [['--recipe', '-\n\u001b[2K\u009b\u202e', 'x']],
  ])('%j cannot forge a line or steer the terminal', async (args) => {
    const error: unknown = await run(BAKE, ...args).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('of any length are told in short', async () => {
    const error: unknown = await run(BAKE, `--${'x'.repeat(100_000)}`).catch((reason: unknown) => reason);
    expect((error as Error).message.length).toBeLessThan(500);
  });
});

describe('the help', () => {
  const HELP = `usage: kitchen bake [options] CAKE...

Bakes a cake.
A CAKE is baked once.

Options:
  --oven KIND      what heats it (default: gas)
  --recipe FILE    a file to bake by (also --instructions)
  --minutes COUNT  how long (default: 40)
  --layers COUNT   how many
  --iced           with icing
  --help           this text (or -h)

Examples:
  kitchen bake sponge
      a sponge
  kitchen bake --oven wood --iced sponge
      a better one

Exit code:
  0  baked
  1  burnt
  2  the arguments are wrong, or it failed
`;

  test.each([[['--help']], [['-h']], [['sponge', '--help']], [['--oven', '--help']], [['--nonsense', '-h']]])(
    'is what %j ask for, and nothing is run',
    async (args) => {
      expect(await run(BAKE, ...args)).toEqual({ code: 0, out: HELP, err: '' });
    },
  );

  test('keeps what 2 means to the command itself', async () => {
    const out = (await run({ ...BAKE, exitCodes: { 2: 'the oven is cold' } }, '-h')).out;
    expect(out).toContain('  2  the oven is cold; the arguments are wrong, or it failed\n');
  });

  test('shows a program that takes nothing as it is run, without the hyphens that lead arguments', async () => {
    const { out } = await toldBy((console) => runCommand(REST, ['-h'], console, 'npm run rest --'));
    expect(out).toContain('\n  npm run rest\n      a rest\n  npm run rest -- --help\n');
  });

  test('breaks long lines between words, under the column they began in', async () => {
    const description = 'word '.repeat(40).trim();
    const { out } = await run({ ...BAKE, options: { iced: { type: 'flag', description } } }, '-h');
    const lines = out.split('\n').filter((line) => line.includes('word'));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {10}word/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(88);
  });
});
