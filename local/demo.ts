import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../core/base/severity';
import { toDemoLogFile, type DemoLogFile, type DemoRecord } from './demo-log-file';
import type { Delivery } from './inbox';
import { startStack, type RunningStack } from './running-stack';
import type { LocalSubscriber } from './synthesize';
import { folded, openTerminal, WIDTH, type Terminal } from './terminal';

const TEAM: LocalSubscriber = { protocol: 'email', endpoint: 'team@example.com' };
const PHONE: LocalSubscriber = { protocol: 'sms', endpoint: '+15550100', minimumSeverity: 'CRITICAL' };
const PAGER: LocalSubscriber = { protocol: 'email', endpoint: 'pager@example.com', minimumSeverity: 'CRITICAL' };

/** In the order in which their inboxes are shown. */
const SUBSCRIBERS = [PHONE, TEAM, PAGER];

/**
 * A log file arrives, the alert is in the inbox: the whole stack on this machine.
 * @throws Error when the alert for the risky update does not arrive, or `signal` ends the demo
 */
async function demo(terminal: Terminal, signal: AbortSignal): Promise<void> {
  const { line, bold, dim, green, step } = terminal;
  const start = performance.now();
  line();
  line(`  ${bold('es-config-monitor')} ${dim('· the whole stack on this machine, without an AWS account')}`);
  line();
  const monitor = await startStack({ subscribers: SUBSCRIBERS, signal, step });
  try {
    const logFile = toDemoLogFile(new Date());
    await step(
      'upload a log file',
      () => monitor.upload(logFile.key, logFile.body),
      () => `${logFile.records.length} records, ${logFile.body.length} bytes`,
    );
    await step(
      'run the function',
      () => monitor.until('the function was given the log file', () => isScanned(monitor)),
      () => describeRun(monitor),
    );
    await step(
      'deliver the alerts',
      () => monitor.until('the alerts arrived, one of them in the CRITICAL inbox', () => isTold(logFile, monitor), 10),
      () => describeAlerts(monitor),
    );
    line();
    showLogFile(logFile, monitor, terminal);
    for (const subscriber of SUBSCRIBERS) showInbox(subscriber, monitor, terminal);
    line(`  ${green('✓')} ${bold('The alert for the risky update is in the CRITICAL inbox.')}`);
    line(`    ${dim(`${seconds(performance.now() - start)} from nothing, and nothing left this machine.`)}`);
    line();
  } finally {
    await monitor.close();
  }
}

const isScanned = (monitor: RunningStack): boolean =>
  monitor.mapping.batches.some(({ messages }) => messages.some(({ Body }) => Body?.includes('ObjectCreated')));

/** Every call is known to the team, and the risky one to whoever carries the pager. */
const isTold = ({ calls, risky }: DemoLogFile, monitor: RunningStack): boolean =>
  calls.every((call) => received(TEAM, monitor).some(({ message }) => message.includes(call.eventID))) &&
  received(PAGER, monitor).some(({ message }) => message.includes(risky.eventID));

/** Mildest first. */
function received({ endpoint }: LocalSubscriber, monitor: RunningStack): readonly Delivery[] {
  return monitor.inbox
    .filter((delivery) => delivery.endpoint === endpoint)
    .sort((a, b) => compareSeverity(severityOf(a, monitor), severityOf(b, monitor)));
}

function severityOf({ topicArn }: Delivery, { topicArns }: RunningStack): AlertSeverity {
  const severity = ALERT_SEVERITIES.find((one) => topicArns[one] === topicArn);
  if (severity === undefined) throw new Error(`a message came from ${topicArn}, which is no alert topic`);
  return severity;
}

function describeRun({ mapping }: RunningStack): string {
  const batch = mapping.batches.at(-1);
  const failed = batch?.failed.length ?? 0;
  return `${Math.round(batch?.milliseconds ?? 0)} ms for a batch of ${batch?.messages.length}, ${failed === 0 ? 'none' : failed} failed`;
}

function describeAlerts(monitor: RunningStack): string {
  const severities = received(TEAM, monitor).map((delivery) => severityOf(delivery, monitor));
  const counts = ALERT_SEVERITIES.map((severity) => ({
    severity,
    count: severities.filter((one) => one === severity).length,
  }));
  return counts.flatMap(({ severity, count }) => (count === 0 ? [] : `${count} ${severity}`)).join(', ');
}

function showLogFile({ key, records }: DemoLogFile, monitor: RunningStack, { line, bold, dim }: Terminal): void {
  line(`  ${bold('The log file')}`);
  line();
  for (const text of folded(key, WIDTH - 4)) line(dim(`    ${text}`));
  line();
  for (const record of records) {
    const style = record.eventSource === 'es.amazonaws.com' ? bold : dim;
    const call = `${record.eventSource.padEnd(24)}${record.eventName.padEnd(34)}`;
    line(`    ${style(call)}${dim(verdictOn(record, monitor))}`.trimEnd());
  }
  line();
}

function verdictOn(record: DemoRecord, monitor: RunningStack): string {
  const alert = received(TEAM, monitor).find(({ message }) => message.includes(record.eventID));
  return alert ? `alert: ${severityOf(alert, monitor)}` : '';
}

function showInbox(subscriber: LocalSubscriber, monitor: RunningStack, terminal: Terminal): void {
  const { line, bold, dim } = terminal;
  const { endpoint, minimumSeverity } = subscriber;
  line(`  ${bold(endpoint)} ${dim(`· subscribed to ${minimumSeverity ?? 'every severity'}`)}`);
  line();
  for (const delivery of received(subscriber, monitor)) {
    const isShownLater =
      subscriber === TEAM && received(PAGER, monitor).some((one) => one.message === delivery.message);
    const severity = severityOf(delivery, monitor);
    if (isShownLater) line(`  ${dim(`And the ${severity} e-mail that ${PAGER.endpoint} gets, too.`)}`);
    else showMessage(delivery, severity, terminal);
    line();
  }
}

function showMessage({ protocol, endpoint, subject, message }: Delivery, severity: string, terminal: Terminal): void {
  const { line, bold, dim } = terminal;
  const row = (text: string): void => line(`  ${dim('│')} ${text}`.trimEnd());
  const heading = ` ${protocol === 'sms' ? 'text message' : 'e-mail'} from the ${severity} topic `;
  line(`  ${dim(`┌─${heading}${'─'.repeat(WIDTH - 4 - heading.length)}`)}`);
  if (protocol === 'email') {
    row(`${dim('From:   ')} AWS Notifications <no-reply@sns.amazonaws.com>`);
    row(`${dim('To:     ')} ${endpoint}`);
    const [first = '', ...more] = folded(subject ?? '', WIDTH - 13);
    row(`${dim('Subject:')} ${bold(first)}`);
    for (const text of more) row(`         ${bold(text)}`);
    row('');
  }
  for (const text of folded(message.trimEnd(), WIDTH - 4)) row(text);
  line(`  ${dim(`└${'─'.repeat(WIDTH - 3)}`)}`);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} seconds`;

runProgram(
  command({
    name: 'demo',
    summary: 'Shows what arrives when a log file does: the whole stack on this machine, without an AWS account.',
    options: {},
    examples: [
      { args: '', gives: 'the log file, the text message and the e-mails' },
      { args: '--help', gives: 'this text, and nothing is started' },
    ],
    exitCodes: { 0: 'the alert arrived', 1: 'it did not', 130: 'the demo was stopped' },
    async run() {
      const stopping = new AbortController();
      const stopWith = (reason: string) => () => stopping.abort(new Error(reason));
      process.once('SIGINT', stopWith('interrupted'));
      process.once('SIGTERM', stopWith('terminated'));
      // Whoever reads the output has seen enough: `npm run demo | head`.
      process.stdout.on('error', stopWith('the output was closed'));
      const terminal = openTerminal(process.stdout, process.env);
      try {
        await demo(terminal, stopping.signal);
        return 0;
      } catch (error) {
        const reason: unknown = stopping.signal.aborted ? stopping.signal.reason : error;
        terminal.line();
        terminal.line(`  ${terminal.red('✗')} ${textOfError(reason)}`);
        terminal.line();
        return stopping.signal.aborted ? 130 : 1;
      }
    },
  }),
);
