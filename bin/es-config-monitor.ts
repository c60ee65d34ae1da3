import { scanCommand, USAGE, type Console } from '../cli/scan-command';

const console: Console = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
};

/** Whoever reads the output may have seen enough: `| head` closes the pipe. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

async function run([command, ...args]: readonly string[]): Promise<number> {
  if (command === 'scan') return scanCommand(args, console);
  const isHelp = command === '--help' || command === '-h';
  (isHelp ? console.out : console.err)(
    isHelp ? USAGE : `unknown command ${JSON.stringify(command ?? '')}; allowed: scan\n\n${USAGE}`,
  );
  return isHelp ? 0 : 2;
}

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
