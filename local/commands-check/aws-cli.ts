import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shape } from '../catalogue-check/model';
import { memberOfOption, operationOfCommand, readCommand } from './against-models';

/** What the AWS CLI says of each command; empty where it has nothing against it. */
export interface Parsed {
  readonly version: string;
  readonly faults: ReadonlyMap<string, string>;
}

/**
 * Has the newest AWS CLI 1 that pip finds parse the commands, in one process and a temporary environment. It calls nothing.
 *
 * @param answers recorded, by `sqs receive-message`: what they are asked to show of one has to be in it
 * @throws Error where there is no Python 3 with pip, or no registry, saying which
 */
export function parsedByAwsCli(commands: readonly string[], answers: object): Parsed {
  const folder = mkdtempSync(path.join(tmpdir(), 'commands-'));
  try {
    const python = path.join(folder, 'environment', 'bin', 'python');
    run('python3', ['-m', 'venv', path.join(folder, 'environment')]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'awscli>=1,<2']);
    const files = path.join(folder, 'files');
    mkdirSync(files);
    for (const command of commands) writeFiles(files, command);
    const { version, faults } = JSON.parse(
      run(python, [path.join(__dirname, 'parse.py')], files, JSON.stringify({ commands, answers })),
    ) as { version: string; faults: [string, string][] };
    return { version, faults: new Map(faults) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(program: string, args: readonly string[], cwd?: string, input = ''): string {
  const ran = spawnSync(program, args, { encoding: 'utf8', input, ...(cwd && { cwd }) });
  if (ran.error) throw new Error(`${path.basename(program)} cannot be started: ${ran.error.message}`);
  if (ran.status === 0) return ran.stdout;
  throw new Error(`${path.basename(program)} ${args[1] ?? ''} failed: ${ran.stderr.trim().split('\n').at(-1) ?? ''}`);
}

/** Fills in the files a command names, as the people who paste it have to: with something of the right shape. */
function writeFiles(folder: string, text: string): void {
  const command = readCommand(text);
  const input = operationOfCommand(command);
  for (const { name, value } of command.options) {
    const file = /^fileb?:\/\/([\w.-]+)(?: |$)/.exec(value)?.[1];
    const member = input && memberOfOption(input, name);
    if (file !== undefined) writeFileSync(path.join(folder, file), JSON.stringify(member ? exampleOf(member) : 'text'));
  }
}

/** A value of a shape, whole. */
function exampleOf(shape: Shape): unknown {
  if (Array.isArray(shape)) return [exampleOf(shape[0] as Shape)];
  if (typeof shape === 'object') {
    return Object.fromEntries(
      Object.entries(shape as Readonly<Record<string, Shape>>).map(([name, member]) => [name, exampleOf(member)]),
    );
  }
  if (shape === 'boolean') return true;
  if (/^(integer|long)$/.test(shape)) return 1;
  return shape === 'timestamp' ? '2026-11-20T00:00:00Z' : 'a text as long as most have to be';
}
