import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
import { memberOf, textOf } from '../core/base/members';
import { ALERT_SENT } from '../lambda/environment';
import { keyOf, periodOf, stateOf, type Datapoint, type Readings } from './alarm-state';
import { REPOSITORY } from './child-process';
import { toDemoLogFile } from './demo-log-file';
import type { Invoke } from './event-source-mapping';
import type { AlarmPlan } from './plan';
import { alarmNameOf, GONE, logsOfFaulty, PROVOCATIONS, type Stage } from './provocations';
import { embeddedMetricsIn, linesWith, together } from './readings';
import { startStack, type RunningStack } from './running-stack';
import { sectionOf, type Section } from './runbook';
import { openTerminal, type Terminal } from './terminal';

/** Time passes this many times as fast for alarms: an hour of silence is twelve seconds. */
const LAPSE = 300;

/** With everything that has an alarm of its own. */
const WHOLE = {
  fastPath: true,
  eventBus: true,
  digest: { period: 'daily', subscribers: ['reader@example.com'] },
  settings: { domains: { '*': { owner: 'search', subscribers: ['search@example.com'] } } },
} as const;

/** What became of one alarm. */
interface Outcome {
  readonly name: string;
  readonly act: string;
  /** Whether it was off while all was well; `undefined` where it cannot be on this machine. */
  readonly wasOff: boolean;
  /** How long after the act, in seconds of the alarm's time; `undefined`: it did not. */
  readonly firedAfter: number | undefined;
  readonly section: Section | undefined;
}

/**
 * Every alarm of the stack is made to fire, on the metrics of a run on this machine: what the function writes, what its
 * invocations end with, what is in the queues.
 */
async function provokeAll(terminal: Terminal, signal: AbortSignal): Promise<readonly Outcome[]> {
  const measured = new Map<string, Datapoint[]>();
  let target: Invoke | 'nowhere' | undefined;
  const note = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number): void => {
    const key = keyOf(namespace, name, dimensions);
    measured.set(key, [...(measured.get(key) ?? []), { at: Date.now(), value }]);
  };
  let functionName = '';
  // Lambda's part: it refuses where there is no concurrency, and counts what failed.
  const gate =
    (invoke: Invoke): Invoke =>
    async (event) => {
      const FunctionName = functionName;
      if (target === 'nowhere') {
        note('AWS/Lambda', 'Throttles', { FunctionName }, 1);
        return { outcome: 'failed', errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
      }
      const invocation = await (target ?? invoke)(event);
      note('AWS/Lambda', 'Errors', { FunctionName }, invocation.outcome === 'failed' ? 1 : 0);
      return invocation;
    };
  const stack = await startStack({ ...WHOLE, subscribers: [GONE], signal, step: terminal.step, gate });
  try {
    functionName = stack.plan.function.name;
    const sampling = sample(stack, note);
    const stage: Stage = { stack, send: (to) => void (target = to), pass: sampling.pass };
    const readings = (): Readings =>
      together(measured, embeddedMetricsIn(stack.logs()), embeddedMetricsIn(logsOfFaulty()));
    const isOn = ({ definition }: AlarmPlan): boolean => stateOf(definition, readings(), Date.now(), LAPSE) === 'ALARM';
    const { key, body } = toDemoLogFile(new Date());
    await terminal.step(
      'read a log file',
      async () => {
        await stack.upload(key, body);
        await stack.until('its calls are told', () => linesWith(ALERT_SENT, stack.logs()).length > 1);
        // A period of the shortest alarms, so that they have seen it.
        await sleep(1500, undefined, { signal });
      },
      () => 'as every few minutes',
    );
    const off = new Map(stack.plan.alarms.map((alarm) => [alarm.id, !isOn(alarm)]));
    const outcomes: Outcome[] = [];
    for (const alarm of inOrder(stack.plan.alarms)) {
      outcomes.push(
        await terminal.step(
          alarmNameOf(alarm.id),
          async () => {
            const firedAfter = await fire(alarm, stage, isOn, signal);
            return { ...about(alarm), wasOff: off.get(alarm.id) === true, firedAfter };
          },
          ({ firedAfter }) => (firedAfter === undefined ? 'did not fire' : `fired after ${spell(firedAfter)}`),
        ),
      );
    }
    sampling.stop();
    await sampling.stopped;
    return outcomes;
  } finally {
    await stack.close();
  }
}

/** The alarms on silence last: until then there is something to read. */
function inOrder(alarms: readonly AlarmPlan[]): readonly AlarmPlan[] {
  const isOnSilence = ({ definition }: AlarmPlan): boolean => memberOf(definition, 'TreatMissingData') === 'breaching';
  return [...alarms.filter((alarm) => !isOnSilence(alarm)), ...alarms.filter(isOnSilence)];
}

function about({ id, definition }: AlarmPlan): Pick<Outcome, 'name' | 'act' | 'section'> {
  const name = alarmNameOf(id);
  const runbook = readFileSync(join(REPOSITORY, 'docs', 'runbook.md'), 'utf8');
  const section = sectionOf(textOf(memberOf(definition, 'AlarmDescription')) ?? '', runbook);
  return { name, act: PROVOCATIONS[name]?.act ?? 'nothing that is known', section };
}

/** @returns how long after the act it fired, in seconds of the alarm's time */
async function fire(
  alarm: AlarmPlan,
  stage: Stage,
  isOn: (alarm: AlarmPlan) => boolean,
  signal: AbortSignal,
): Promise<number | undefined> {
  const provocation = PROVOCATIONS[alarmNameOf(alarm.id)];
  if (!provocation) return undefined;
  const periods = Number(memberOf(alarm.definition, 'EvaluationPeriods'));
  const start = Date.now();
  const longest = 20_000 + (2 * periods * periodOf(alarm.definition) * 1000) / LAPSE;
  await provocation.provoke(stage);
  let isFired = isOn(alarm);
  while (!isFired && Date.now() - start < longest) {
    await sleep(100, undefined, { signal });
    isFired = isOn(alarm);
  }
  const firedAfter = isFired ? ((Date.now() - start) / 1000) * LAPSE : undefined;
  await provocation.end?.(stage);
  return firedAfter;
}

/** Measures the queues again and again, as SQS does. */
function sample(
  stack: RunningStack,
  note: (namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number) => void,
) {
  const since = new Map<string, number>();
  let isOver = false;
  const measure = async (): Promise<void> => {
    while (!isOver) {
      for (const { arn, name: QueueName } of stack.plan.queues) {
        const visible = await stack.resources.visibleMessages(arn);
        note('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName }, visible);
        if (visible === 0) since.delete(arn);
        else since.set(arn, since.get(arn) ?? Date.now());
        // The oldest message is at least as old as the queue has been waiting.
        const age = ((Date.now() - (since.get(arn) ?? Date.now())) / 1000) * LAPSE;
        note('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName }, age);
      }
      await sleep(100);
    }
  };
  return {
    /** What waits has waited for so many seconds more. */
    pass: (seconds: number): void => {
      for (const [arn, from] of since) since.set(arn, from - (seconds * 1000) / LAPSE);
    },
    stop: () => void (isOver = true),
    stopped: measure(),
  };
}

function show(outcomes: readonly Outcome[], { line, bold, dim, green, red }: Terminal): void {
  line();
  line(`  ${bold('What made each alarm fire')} ${dim(`· time passed ${LAPSE} times as fast for them`)}`);
  line();
  for (const { name, act, firedAfter, section } of outcomes) {
    line(`  ${firedAfter === undefined ? red('✗') : green('✓')} ${bold(name)}`);
    line(`      made to fire by  ${act}`);
    line(`      fired after      ${firedAfter === undefined ? 'it did not fire' : spell(firedAfter)}`);
    line(
      `      what to do       ${section ? `docs/runbook.md#${section.anchor}` : red('no section of docs/runbook.md')}`,
    );
    line(`      cleared by       ${section?.command ?? red('the section ends in no command')}`);
  }
  line();
}

function spell(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
}

const isRight = ({ firedAfter, section, wasOff, name }: Outcome): boolean =>
  firedAfter !== undefined && section?.command !== undefined && (wasOff || name === 'StateCheckAlarm');

runProgram(
  command({
    name: 'alarms',
    summary: 'Makes each alarm of the stack fire, on this machine, and shows what did it and what to do.',
    options: {},
    examples: [
      { args: '', gives: 'each alarm: what made it fire, its section of the runbook, and what clears it' },
      { args: '--help', gives: 'this text, and nothing is started' },
    ],
    exitCodes: { 0: 'all of them fired, and none while all was well', 1: 'otherwise' },
    async run(_, console) {
      const stopping = new AbortController();
      process.once('SIGINT', () => stopping.abort(new Error('interrupted')));
      const terminal = openTerminal(process.stdout, process.env);
      try {
        const outcomes = await provokeAll(terminal, stopping.signal);
        show(outcomes, terminal);
        const wrong = outcomes.filter((outcome) => !isRight(outcome));
        for (const { name, wasOff } of wrong)
          console.err(`${name}: ${wasOff ? 'see above' : 'on while all was well'}\n`);
        return wrong.length > 0 ? 1 : 0;
      } catch (error) {
        console.err(`${textOfError(error)}\n`);
        return 1;
      }
    },
  }),
);
