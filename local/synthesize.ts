import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { AlertSeverity } from '../core/base/severity';
import type { Settings } from '../core/settings';
import { endOf, outputOf, REPOSITORY, WITH_TYPESCRIPT } from './child-process';
import { readAssembly, type Assembly } from './assembly';

export interface SynthesisOrder {
  readonly stackName: string;
  /** Where the cloud assembly goes. */
  readonly folder: string;
  readonly subscribers: readonly LocalSubscriber[];
  /** @default - none */
  readonly settings?: Settings;
  /** As the prop is called. @default false */
  readonly completeness?: boolean;
  /** As the prop is called. @default false */
  readonly fastPath?: boolean;
  /** @default - a new trail of one account */
  readonly source?: LocalLogSource;
  /** The stack has an event bus of its own. @default false */
  readonly eventBus?: boolean;
  /** @default - there is none */
  readonly digest?: LocalDigest;
}

/** The mail digest of the stack, as data. */
export interface LocalDigest {
  readonly period: 'daily' | 'weekly';
  /** E-mail addresses. */
  readonly subscribers: readonly string[];
}

/** Where log files of an organization come from: a new trail, or a bucket that is there. */
export type LocalLogSource =
  { readonly organizationId: string } | { readonly bucketName: string; readonly logFilePrefix: string };

/** A subscriber of the stack, as data. */
export interface LocalSubscriber {
  readonly protocol: 'email' | 'sms' | 'https' | 'sqs';
  /** Address, telephone number or URL; the ARN of a queue. */
  readonly endpoint: string;
  /** @default - alerts of every severity */
  readonly minimumSeverity?: AlertSeverity;
}

/**
 * Synthesizes the stack into `order.folder` and reads what came out.
 * @param signal ends synthesis early
 * @throws Error with what synthesis said, when it fails
 */
export async function synthesize(order: SynthesisOrder, signal: AbortSignal): Promise<Assembly> {
  const script = join(__dirname, 'synthesize-process.ts');
  const child = spawn(process.execPath, [...WITH_TYPESCRIPT, script, JSON.stringify(order)], {
    cwd: REPOSITORY,
    // The test suite validates the template; here it would cost seconds.
    env: { ...process.env, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  const kill = (): boolean => child.kill();
  signal.addEventListener('abort', kill);
  // Closed means that the bundler it started has ended, too: nobody writes into the folder any more.
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, end) => {
      if (code === 0) resolve();
      else reject(new Error(`the stack was not synthesized (${endOf(code, end)}): ${output()}`));
    });
  });
  signal.removeEventListener('abort', kill);
  return readAssembly(order.stackName, order.folder);
}
