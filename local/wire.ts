import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { memberOf, textOf } from '../core/base/members';

/** A request of the function to AWS, as far as it matters for what is said once. */
export interface WireRequest {
  readonly kind: 'read-object' | 'claim' | 'publish' | 'confirm' | 'other';
  /** Of the alert that is claimed, published or confirmed. */
  readonly uid?: string;
}

/** Hears what passes between one function and AWS. Each waits for the promise it returns. */
export interface WireListener {
  /** Before a request is passed on. `drop`: it never left the function. */
  readonly asked?: (request: WireRequest) => 'drop' | void | Promise<'drop' | void>;
  /** After AWS did what was asked and before the function knows. */
  readonly answered?: (request: WireRequest, isAccepted: boolean) => void | Promise<void>;
}

export interface Wire {
  readonly address: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Stands between a function and the services at `target`, on a free port of the loopback interface. */
export async function openWire(target: string, listener: WireListener): Promise<Wire> {
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      const asked = toWireRequest(incoming, body);
      if ((await listener.asked?.(asked)) === 'drop') return void outgoing.destroy();
      const answer = await forward(target, incoming, body);
      await listener.answered?.(asked, answer.status === 200);
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    };
    // Whoever asked has gone, or hears of it as a broken connection.
    pass().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toWireRequest({ method, headers }: IncomingMessage, body: Buffer): WireRequest {
  const target = String(headers['x-amz-target'] ?? '');
  if (target.startsWith('DynamoDB')) return toTableRequest(target, JSON.parse(body.toString()));
  if (method === 'GET') return { kind: 'read-object' };
  const form = new URLSearchParams(body.toString());
  if (form.get('Action') !== 'Publish') return { kind: 'other' };
  return { kind: 'publish', ...uidIn(JSON.parse(form.get('Message') ?? '{}')) };
}

/** An alert that gets a lease is claimed, one that gets what was told is confirmed, and one whose lease ends is given back. */
function toTableRequest(target: string, input: unknown): WireRequest {
  const [, uid] = /^alert#(.*)$/s.exec(textOf(memberOf(input, 'Key', 'pk', 'S')) ?? '') ?? [];
  if (!target.endsWith('.UpdateItem') || uid === undefined) return { kind: 'other' };
  const values = memberOf(input, 'ExpressionAttributeValues');
  if (memberOf(values, ':lease') !== undefined) return { kind: 'claim', uid };
  return memberOf(values, ':severity') === undefined ? { kind: 'other' } : { kind: 'confirm', uid };
}

/** The uid in a message with a text for each protocol. */
function uidIn(message: unknown): { readonly uid?: string } {
  const machine = textOf(memberOf(message, 'default'));
  const uid = machine === undefined ? undefined : textOf(memberOf(JSON.parse(machine), 'finding_info', 'uid'));
  return uid === undefined ? {} : { uid };
}

function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Connections of its own for each request: an emulator ends idle ones when it likes.
    const outgoing = send(new URL(url ?? '/', target), { method, headers, agent: false }, (response) => {
      bodyOf(response).then(
        (answer) => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: answer }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire listens on no port');
  return address.port;
}
