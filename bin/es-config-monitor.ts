import { UsageError, type Console } from '../cli/console';
import { SCAN_USAGE, scanCommand } from '../cli/commands/scan';
import { SEND_TEST_ALERT_USAGE, sendTestAlertCommand } from '../cli/commands/send-test-alert';

const COMMANDS = { scan: scanCommand, 'send-test-alert': sendTestAlertCommand } as const;
const USAGE = `${SCAN_USAGE}\n${SEND_TEST_ALERT_USAGE}`;

const console: Console = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY,
};

/** Whoever reads the output may have seen enough: `| head` closes the pipe. The exit code still tells what was found. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

/** @returns the exit code */
async function run([name = '', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h') {
    console.out(USAGE);
    return 0;
  }
  try {
    if (name === 'scan' || name === 'send-test-alert') return await COMMANDS[name](args, console);
    throw new UsageError(
      `unknown command ${JSON.stringify(name)}; allowed: ${Object.keys(COMMANDS).join(', ')}\n\n${USAGE.trimEnd()}`,
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.err(`${error.message}\n`);
    return 2;
  }
}

void (async () => {
  process.exitCode = await run(process.argv.slice(2));
})();
