import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { deviationsIn, withKnownCode, type Order } from '../core/state';
import { orderIn, wellBut, wellOf } from '../test/support/deployed';
import { threatRows } from '../test/support/threat-model';
import { BLINDING_ACTS } from '../test/whole/blinding-acts';
import { playRecords, type ToldByRecord } from './blinding-records-run';
import { startStack } from './running-stack';
import type { LocalSubscriber } from './synthesize';
import { synthesize } from './synthesize';
import { openTerminal, type Terminal } from './terminal';

const ARCHIVE: LocalSubscriber = { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:archive' };
const TEAM: LocalSubscriber = { protocol: 'email', endpoint: 'oncall@example.com' };

/** Every act of docs/threat-model.md as records, through the stack on this machine. */
async function told(terminal: Terminal, signal: AbortSignal): Promise<readonly ToldByRecord[]> {
  const stack = await startStack({ subscribers: [ARCHIVE], signal, step: terminal.step });
  try {
    return await terminal.step(
      'deliver the records',
      () => playRecords(stack, ARCHIVE.endpoint),
      (acts) => `${acts.length} acts, a log file each`,
    );
  } finally {
    await stack.close();
  }
}

/** What the check of state is to compare with, of the same stack with somebody who hears it. */
async function orderOf(signal: AbortSignal): Promise<Order> {
  const folder = await mkdtemp(join(tmpdir(), 'es-config-monitor-'));
  try {
    const order = { stackName: 'EsConfigMonitor', folder, subscribers: [TEAM], completeness: false, fastPath: false };
    const { template } = await synthesize(order, signal);
    return orderIn({ toJSON: () => template } as unknown as Template);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the check of state finds of an act; empty where it is none that it looks at. */
function deviationsOf(act: string, order: Order): readonly string[] {
  const { state } = BLINDING_ACTS.find((each) => each.act === act) ?? {};
  if (!state) return [];
  const { code } = withKnownCode(order.expected, wellOf(order));
  const found = wellBut(order, ...state);
  const { expected } = withKnownCode(order.expected, found, { told: {}, others: [], code });
  return deviationsIn(expected, found).map(({ id }) => id.replace(/^(\w+) .* (\w+)$/, '$1.$2'));
}

interface Noticed {
  readonly act: string;
  /** What noticed it in this run, with the time. */
  readonly by: readonly string[];
  /** What the page says of it beside that. */
  readonly page: string;
}

function show(acts: readonly Noticed[], { line, bold, dim, green, red }: Terminal): void {
  line();
  line(
    `  ${bold('What noticed each act')} ${dim('· records: from the delivery of the log file to the last alert, on this machine')}`,
  );
  line();
  for (const { act, by, page } of acts) {
    line(`  ${isNoticed({ by, page }) ? green('✓') : red('✗')} ${bold(act)}`);
    for (const each of by) line(`      ${each}`);
    line(`      ${dim(page)}`);
  }
  line();
}

const isNoticed = ({ by, page }: Pick<Noticed, 'by' | 'page'>): boolean =>
  by.length > 0 || /Alarm`|`verify`|accepted: |\.test\.ts`/.test(page);

runProgram(
  command({
    name: 'blinding',
    summary: 'Plays each act that could silence the monitor, as records and as a state, and shows what noticed it.',
    options: {},
    examples: [
      { args: '', gives: 'each act of docs/threat-model.md: by what it was noticed, after how long' },
      { args: '--help', gives: 'this text, and nothing is started' },
    ],
    exitCodes: { 0: 'each was noticed, or is accepted with a reason', 1: 'one was not' },
    async run(_, console) {
      const stopping = new AbortController();
      process.once('SIGINT', () => stopping.abort(new Error('interrupted')));
      const terminal = openTerminal(process.stdout, process.env);
      const [byRecords, order] = [await told(terminal, stopping.signal), await orderOf(stopping.signal)];
      const acts = threatRows('To blind it').map(([act = '', byRecord = '', noticed = '', after = '']): Noticed => {
        const { rules = [], after: milliseconds = 0 } = byRecords.find((each) => each.act === act) ?? {};
        const alerts = [...new Set(rules)].map((rule) => `record: ${rule ?? 'NOT TOLD'}, ${milliseconds} ms`);
        const deviations = deviationsOf(act, order).map((id) => `state: ${id}, at the next check, 15 min at most`);
        return {
          act,
          by: [...alerts, ...deviations],
          page: [byRecord, noticed, after].filter((text) => text !== '').join(' · '),
        };
      });
      show(acts, terminal);
      const missed = acts.filter((each) => !isNoticed(each) || each.by.some((by) => by.includes('NOT TOLD')));
      for (const { act } of missed) console.err(`noticed by nothing: ${act}\n`);
      console.out(`${acts.length - missed.length} of ${acts.length} acts are noticed, or accepted with a reason\n`);
      return missed.length > 0 ? 1 : 0;
    },
  }),
);
