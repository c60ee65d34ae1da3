import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { LAYERS_FOLDER } from '../lambda/environment';
import { endOf, outputOf, stop } from './child-process';
import { openRuntimeApi, type Invocation } from './runtime-api';

/** What the template says about a function, with everything resolved. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Folder of the bundle. */
  readonly taskRoot: string;
  /** Folder of its layer. @default - it has none */
  readonly layer?: string;
  /** As in the template: `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMB: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface LocalFunction {
  /** Runs the function on `event`, after all events before it. Resolves even where the function fails. */
  invoke(event: unknown): Promise<Invocation>;
  /** Ends the function's process at once, as Lambda may at any time. What it was doing fails; it is started again. */
  kill(): void;
  /** What the process has used so far, after its last invocation: memory at most, and time of the processor. */
  usage(): { readonly peakMiB: number; readonly cpuSeconds: number };
  isRunning(): boolean;
  /** How many processes were started so far. */
  starts(): number;
  /** What the function wrote, one text. */
  logs(): string;
  close(): Promise<void>;
}

/**
 * Runs a bundled function as Lambda does: a process of its own, ended when it takes longer than its timeout, started
 * again when it has ended. Resolves when the function asks for its first event.
 * @param awsVariables variables beside the function's own: where AWS is and how to sign in
 * @throws Error with what the function wrote, when it cannot be loaded
 */
export async function startFunction(
  spec: FunctionSpec,
  awsVariables: Readonly<Record<string, string>>,
): Promise<LocalFunction> {
  let child: ChildProcess | undefined;
  let isClosing = false;
  let isOverdue = false;
  let usage = { peakMiB: 0, cpuSeconds: 0 };
  const texts: (() => string)[] = [];
  const logs = (): string => texts.map((text) => text()).join('\n');
  const first = openPromise<void>();

  const api = await openRuntimeApi(spec.arn, spec.timeoutSeconds, {
    onReady: first.resolve,
    onInitError: (message) => first.reject(new Error(`the function cannot be loaded: ${message}`)),
    onOverdue: () => {
      isOverdue = true;
      child?.kill('SIGKILL');
    },
  });

  function startProcess(): void {
    const started = fork(join(__dirname, 'bootstrap.mjs'), [], {
      // Lambda's own leaves the rest to what is not JavaScript's.
      execArgv: [`--max-old-space-size=${Math.floor(spec.memoryMB * 0.9)}`],
      env: environmentOf(spec, awsVariables, api.address),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    usage = { peakMiB: 0, cpuSeconds: 0 };
    started.on('message', (used: { peak: number; cpu: NodeJS.CpuUsage }) => {
      usage = { peakMiB: used.peak / 1024, cpuSeconds: (used.cpu.user + used.cpu.system) / 1_000_000 };
    });
    texts.push(outputOf(started));
    started.once('exit', (code, signal) => {
      child = undefined;
      const end = endOf(code, signal);
      first.reject(new Error(`the function's process ended (${end}) before it asked for an event: ${logs()}`));
      if (isOverdue) api.abandon('Sandbox.Timedout', `the function took longer than ${spec.timeoutSeconds} seconds`);
      else api.abandon('Runtime.ExitError', `the function's process ended (${end})`);
      isOverdue = false;
      if (api.isBusy() && !isClosing) startProcess();
    });
  }

  async function close(): Promise<void> {
    isClosing = true;
    if (child) await stop(child, 'SIGKILL');
    await api.close();
  }

  startProcess();
  try {
    await first.promise;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    invoke(event) {
      const invocation = api.invoke(event);
      if (!child && !isClosing) startProcess();
      return invocation;
    },
    kill: () => void child?.kill('SIGKILL'),
    usage: () => usage,
    isRunning: () => child !== undefined,
    starts: () => texts.length,
    logs,
    close,
  };
}

/** A promise to be settled from outside. */
function openPromise<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** The variables Lambda sets, and nothing of this process: no proxy, profile or credentials of the person who runs it. */
function environmentOf(
  spec: FunctionSpec,
  awsVariables: Readonly<Record<string, string>>,
  runtimeApi: string,
): Record<string, string> {
  return {
    ...withLayer(spec),
    ...awsVariables,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    // The SDK looks for these at home even without HOME, and a profile may send it elsewhere.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_REGION: spec.region,
    AWS_DEFAULT_REGION: spec.region,
    LAMBDA_TASK_ROOT: spec.taskRoot,
    _HANDLER: spec.handler,
  };
}

/** The variables of the function, with the folder of its layer where they name the one that Lambda unpacks layers into. */
function withLayer({ environment, layer }: FunctionSpec): Record<string, string> {
  const isInLayer = (value: string): boolean => layer !== undefined && value.startsWith(`${LAYERS_FOLDER}/`);
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      isInLayer(value) ? join(layer ?? '', value.slice(LAYERS_FOLDER.length)) : value,
    ]),
  );
}
