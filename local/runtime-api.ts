import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** How an invocation ended. */
export type Invocation =
  | { readonly outcome: 'returned'; readonly payload: unknown }
  | { readonly outcome: 'failed'; readonly errorType: string; readonly errorMessage: string };

/** The interface between Lambda and the process of a function: one process asks, one event at a time. */
export interface RuntimeApi {
  /** Host and port, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Hands `event` to the function, after all events before it. */
  invoke(event: unknown): Promise<Invocation>;
  /** Some event was not answered yet. */
  isBusy(): boolean;
  /** The function will not answer what it was given last. */
  abandon(errorType: string, errorMessage: string): void;
  close(): Promise<void>;
}

/** What the process of the function may do beside answering. */
export interface RuntimeListener {
  /** It asks for an event. */
  readonly onReady: () => void;
  /** It could not load the function. */
  readonly onInitError: (message: string) => void;
  /** It takes longer than the function's timeout. */
  readonly onOverdue: () => void;
}

interface Pending {
  readonly id: string;
  readonly event: string;
  readonly settle: (invocation: Invocation) => void;
}

const API = '/2018-06-01/runtime';

/** Serves Lambda's Runtime API on a free port of the loopback interface. */
export async function openRuntimeApi(
  functionArn: string,
  timeoutSeconds: number,
  listener: RuntimeListener,
): Promise<RuntimeApi> {
  const pending: Pending[] = [];
  let current: Pending | undefined;
  let asking: ServerResponse | undefined;
  let overdue: NodeJS.Timeout | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === `${API}/invocation/next`) {
      asking = response;
      listener.onReady();
      return handNext();
    }
    const body = JSON.parse(await bodyOf(request)) as unknown;
    response.writeHead(202).end();
    const failure = body as { errorType: string; errorMessage: string };
    if (request.url === `${API}/init/error`) listener.onInitError(`${failure.errorType}: ${failure.errorMessage}`);
    const invocation = `${API}/invocation/${current?.id}`;
    if (request.url === `${invocation}/response`) settle({ outcome: 'returned', payload: body });
    if (request.url === `${invocation}/error`) settle({ outcome: 'failed', ...failure });
  }

  function handNext(): void {
    if (current || !asking) return;
    current = pending.shift();
    if (!current) return;
    asking.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': current.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutSeconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': functionArn,
      'Lambda-Runtime-Trace-Id': toTraceId(current.id),
    });
    asking.end(current.event);
    asking = undefined;
    overdue = setTimeout(listener.onOverdue, timeoutSeconds * 1000);
  }

  function settle(invocation: Invocation): void {
    clearTimeout(overdue);
    const settled = current;
    current = undefined;
    settled?.settle(invocation);
    handNext();
  }

  function abandon(errorType: string, errorMessage: string): void {
    asking = undefined;
    settle({ outcome: 'failed', errorType, errorMessage });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy();
      abandon('Runtime.BadAnswer', String(error));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: addressOf(server),
    invoke(event) {
      return new Promise((settled) => {
        pending.push({ id: randomUUID(), event: JSON.stringify(event), settle: settled });
        handNext();
      });
    },
    isBusy: () => current !== undefined || pending.length > 0,
    abandon,
    async close() {
      clearTimeout(overdue);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const toTraceId = (id: string): string => {
  const hex = id.replaceAll('-', '');
  return `Root=1-${hex.slice(0, 8)}-${hex.slice(8)};Parent=${hex.slice(0, 16)};Sampled=0`;
};

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the Runtime API listens on no port');
  return `${address.address}:${address.port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
