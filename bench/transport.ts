import { execFile, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { bundled } from './children';
import type { Figure } from './figure';
import { functionEnvironment } from './function-environment';
import { median } from './measure';
import type { Transport } from './transport-child';

/** Objects from a stand-in for S3 at its usual distance, by a process that has one processor: G8 and G8b. */
export async function transportFigures(quick: boolean): Promise<Figure[]> {
  const server = fork(bundled('object-server'));
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  const program = bundled('transport-child');
  const run = (mode: string): Promise<Transport> =>
    runOnOneProcessor([program, mode, quick ? '1' : '3'], `http://127.0.0.1:${port}`);
  try {
    return [await timeFigure(run), await memoryFigure(run, quick ? 1 : 5)];
  } finally {
    server.disconnect();
  }
}

async function timeFigure(run: (mode: string) => Promise<Transport>): Promise<Figure> {
  const [together, alone] = [await run('all at once'), await run('one at a time')];
  return {
    goal: 'G8',
    what: 'time of 100 objects, in one invocation / one at a time',
    value: together.milliseconds / alone.milliseconds,
    note: `${together.milliseconds.toFixed(0)} ms / ${alone.milliseconds.toFixed(0)} ms`,
  };
}

async function memoryFigure(run: (mode: string) => Promise<Transport>, times: number): Promise<Figure> {
  const runs: { readonly inTurn: Transport; readonly atOnce: Transport }[] = [];
  for (let index = 0; index < times; index++) {
    runs.push({ inTurn: await run('inflating in turn'), atOnce: await run('inflating at once') });
  }
  const of = (side: 'inTurn' | 'atOnce', member: keyof Transport): number =>
    median(runs.map((each) => each[side][member]));
  return {
    goal: 'G8b',
    what: 'peak memory of 24 x 10 MB, inflating in turn / at once',
    value: of('inTurn', 'peak') / of('atOnce', 'peak'),
    note:
      `${of('inTurn', 'peak').toFixed(0)} MB / ${of('atOnce', 'peak').toFixed(0)} MB, ` +
      `${of('inTurn', 'milliseconds').toFixed(0)} ms / ${of('atOnce', 'milliseconds').toFixed(0)} ms`,
  };
}

function runOnOneProcessor(program: readonly string[], endpoint: string): Promise<Transport> {
  const command = [process.execPath, ...program];
  const [file = '', ...flags] = canPin ? ['taskset', '-c', '0', ...command] : command;
  return new Promise((resolve, reject) => {
    execFile(file, flags, { env: functionEnvironment(endpoint), maxBuffer: 2 ** 28 }, (error, _stdout, stderr) => {
      const answer = /^answer (.*)$/m.exec(stderr)?.[1];
      if (answer === undefined)
        reject(error ?? new Error(`no answer from ${program.join(' ')}: ${stderr.slice(0, 500)}`));
      else resolve(JSON.parse(answer) as Transport);
    });
  });
}

const canPin = spawnSync('taskset', ['--version']).status === 0;
