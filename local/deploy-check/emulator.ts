import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { outputOf, stop } from '../child-process';
import type { Closers } from '../closers';

/** The emulator of CloudFormation and of all that the stack is made of, and what functions in Python find on Lambda. */
const EMULATOR = ['ministack==1.5.33', 'boto3==1.43.106'] as const;

/** What is missing on this machine, in a sentence: nothing is wrong with the stack. */
export class Missing extends Error {
  override readonly name = 'Missing';
}

export interface Emulator {
  /** Where everything of AWS is. */
  readonly endpoint: string;
  /** The certificate that it shows, as PEM. */
  readonly certificate: string;
  /** The Python that it runs on. */
  readonly python: string;
  /** What it has written. */
  readonly log: () => string;
}

/** The account that everything is in; who signs with `root` may do everything there. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const ROOT = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * Starts the emulator on a free port of the loopback interface, with IAM enforced.
 * @throws Missing where this machine has no Python 3.10, no openssl, or the emulator cannot be installed
 */
export async function startEmulator(closers: Closers): Promise<Emulator> {
  const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-emulator-'));
  closers.add(() => rmSync(folder, { recursive: true, force: true }));
  const python = installInto(path.join(folder, 'python'));
  const { certificate, key } = certificateIn(folder);
  const port = await freePort();
  const child = spawn(python, [path.join(__dirname, 'start.py')], {
    cwd: folder,
    // Nothing of who runs this: no profile, no credentials, no proxy.
    env: {
      PATH: `${path.dirname(process.execPath)}:${path.dirname(python)}:${process.env['PATH']}`,
      HOME: folder,
      TMPDIR: folder,
      AUTH: 'true',
      IOT_MTLS_ENABLED: 'false',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: REGION,
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      // The policies of the stack refuse plain HTTP.
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate,
      MINISTACK_SSL_KEY: key,
      AWS_CA_BUNDLE: certificate,
      SSL_CERT_FILE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
      NODE_OPTIONS: `--import=${pathToFileURL(path.join(__dirname, 'layers.mjs')).href}`,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the functions that it starts end with it.
    detached: true,
  });
  const log = outputOf(child);
  closers.add(async () => {
    if (child.pid !== undefined) endGroup(child.pid);
    // It holds nothing that has to be saved, and takes half a minute to end of its own accord.
    await stop(child, 'SIGKILL');
  });
  const endpoint = `https://localhost:${port}`;
  for (const deadline = Date.now() + 60_000; !(await answers(port)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the emulator did not start: ${log()}`);
  }
  return { endpoint, certificate: readFileSync(certificate, 'utf8'), python, log };
}

/** What the emulator has started and not ended; all of it is in its group. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // None of it is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Installs the emulator into `folder`; pip has what it fetched before in its cache. @returns the Python that has it */
function installInto(folder: string): string {
  const python = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'].find(isNewEnough);
  if (python === undefined) throw new Missing('no Python 3.10 or later is on the PATH');
  need(python, ['-m', 'venv', folder]);
  const installed = path.join(folder, 'bin', 'python');
  need(installed, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...EMULATOR]);
  return installed;
}

function isNewEnough(python: string): boolean {
  return spawnSync(python, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))']).status === 0;
}

/** Runs a program. @throws Missing with what it said, where it fails */
function need(program: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Missing(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
}

function certificateIn(folder: string): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const days = ['-days', '2', '-subj', '/CN=localhost', '-addext', names];
  need('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...days]);
  return { certificate, key };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.end());
  });
}
