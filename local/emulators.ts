import { fork } from 'node:child_process';
import { join } from 'node:path';
import { endOf, outputOf, REPOSITORY, stop, WITH_TYPESCRIPT } from './child-process';
import type { EmulatorEvent } from './emulators-process';

/** S3, SQS, SNS and DynamoDB on this machine. */
export interface Emulators {
  /** Of all but DynamoDB. */
  readonly endpoint: string;
  readonly tableEndpoint: string;
  /** Hears of everything from now on. */
  listen(listener: (event: EmulatorEvent) => void): void;
  close(): Promise<void>;
}

/**
 * Starts fauxqs and dynalite as a process of their own, on free ports of the loopback interface.
 * @throws Error with what the process said, when it ends instead of listening
 */
export async function startEmulators(): Promise<Emulators> {
  const child = fork(join(__dirname, 'emulators-process.ts'), [], {
    cwd: REPOSITORY,
    execArgv: WITH_TYPESCRIPT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = outputOf(child);
  const { fauxqsPort, dynalitePort } = await new Promise<Listening>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`the emulators did not start (${endOf(code, signal)}): ${output()}`));
    });
    child.on('message', (event: EmulatorEvent) => event.kind === 'listening' && resolve(event));
  });
  return {
    endpoint: `http://127.0.0.1:${fauxqsPort}`,
    tableEndpoint: `http://127.0.0.1:${dynalitePort}`,
    listen: (listener) => void child.on('message', (event: EmulatorEvent) => listener(event)),
    close: () => stop(child),
  };
}

type Listening = Extract<EmulatorEvent, { readonly kind: 'listening' }>;
