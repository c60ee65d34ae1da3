import {
  Agent,
  createServer,
  request as send,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { memberOf, optional, textOf } from '../core/base/members';
import { ownerTopicEnd } from '../core/base/owner-topic';
import { ALERT_SEVERITIES, SEVERITIES, type AlertSeverity } from '../core/base/severity';
import { isAfterTheAct, type Fault } from './faults/fault-kinds';

/** A request of the function to AWS, as far as it matters for what is said once. */
export interface WireRequest {
  readonly service: 'S3' | 'SNS' | 'DynamoDB';
  readonly kind: 'read-object' | 'claim' | 'publish' | 'confirm' | 'other';
  /** The same for each attempt. */
  readonly about: string;
  /** Where it is published. */
  readonly topicArn?: string;
  /** Of the alert that is claimed, published or confirmed. */
  readonly uid?: string;
  /** How the name of the topic of the owner ends whom it is for. @default - it is for all */
  readonly to?: string;
  /** Of what is published or confirmed. */
  readonly severity?: AlertSeverity;
}

/** `drips`: the answer comes a byte now and then, and never ends. */
export type WireFault = Fault | 'drips';

/** Hears what passes between one function and AWS. Each waits for the promise it returns. */
export interface WireListener {
  /** Before a request is passed on. `reset`: it never left the function; any other fault as it says. */
  readonly asked?: (request: WireRequest) => WireFault | void | Promise<WireFault | void>;
  /** After AWS did what was asked and before the function knows. @param isLate the function waits for it no longer */
  readonly answered?: (request: WireRequest, isAccepted: boolean, isLate: boolean) => void | Promise<void>;
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
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(incoming);
      const asked = toWireRequest(incoming, body);
      const fault = await listener.asked?.(asked);
      if (fault && fault !== 'drips' && !isAfterTheAct(fault)) return refuse(outgoing, asked.service, fault);
      const answer = await forward(target, agent, incoming, body);
      await listener.answered?.(asked, answer.status === 200, outgoing.destroyed);
      if (fault === 'answer lost') return void outgoing.destroy();
      outgoing.writeHead(answer.status, answer.headers);
      if (fault === 'drips') return drip(outgoing, answer.body);
      if (fault !== 'half an answer') return void outgoing.end(answer.body);
      outgoing.write(answer.body.subarray(0, answer.body.length / 2), () => outgoing.destroy());
    };
    // Whoever asked has gone, or hears of it as a broken connection.
    pass().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toWireRequest({ method, url, headers }: IncomingMessage, body: Buffer): WireRequest {
  const target = String(headers['x-amz-target'] ?? '');
  if (target.startsWith('DynamoDB')) return toTableRequest(target.replace(/^.*\./, ''), JSON.parse(body.toString()));
  if (method === 'GET') return { service: 'S3', kind: 'read-object', about: url ?? '' };
  const form = new URLSearchParams(body.toString());
  if (form.get('Action') !== 'Publish') return { service: 'SNS', kind: 'other', about: '' };
  return toPublishRequest(form.get('TopicArn') ?? '', form.get('Message') ?? '{}');
}

/** @param message with a text for each protocol */
export function toPublishRequest(topicArn: string, message: string): WireRequest {
  const machine = textOf(memberOf(JSON.parse(message), 'default'));
  const body: unknown = machine === undefined ? undefined : JSON.parse(machine);
  const uid = textOf(memberOf(body, 'finding_info', 'uid'));
  const severity = textOf(memberOf(body, 'severity'))?.toUpperCase();
  return {
    service: 'SNS',
    kind: 'publish',
    about: `${uid} at ${topicArn}`,
    topicArn,
    ...optional('uid', uid),
    ...optional('to', /-owner-(.*)$/.exec(topicArn)?.[1]),
    ...optional(
      'severity',
      ALERT_SEVERITIES.find((one) => one === severity),
    ),
  };
}

/** An alert that gets a lease is claimed, one that gets what was told is confirmed, and one whose lease ends is given back. */
export function toTableRequest(operation: string, input: unknown): WireRequest {
  const { kind, uid, severity } = whatIsDone(operation, input);
  const [, owner] = /^owner#(.*)$/s.exec(textOf(memberOf(input, 'Key', 'sk', 'S')) ?? '') ?? [];
  const key = memberOf(input, 'Key') ?? memberOf(input, 'ExpressionAttributeValues');
  const about = `${operation} ${kind} ${JSON.stringify(key)}`;
  return {
    service: 'DynamoDB',
    kind,
    about,
    ...optional('uid', uid),
    ...optional('to', owner === undefined ? undefined : ownerTopicEnd(owner)),
    ...optional('severity', severity),
  };
}

function whatIsDone(operation: string, input: unknown): Pick<WireRequest, 'kind' | 'uid' | 'severity'> {
  const [, uid] = /^alert#(.*)$/s.exec(textOf(memberOf(input, 'Key', 'pk', 'S')) ?? '') ?? [];
  if (operation !== 'UpdateItem' || uid === undefined) return { kind: 'other' };
  const values = memberOf(input, 'ExpressionAttributeValues');
  if (memberOf(values, ':lease') !== undefined) return { kind: 'claim', uid };
  const rank = textOf(memberOf(values, ':severity', 'N'));
  if (rank === undefined) return { kind: 'other' };
  const told = SEVERITIES[Number(rank)];
  return {
    kind: 'confirm',
    uid,
    ...optional(
      'severity',
      ALERT_SEVERITIES.find((one) => one === told),
    ),
  };
}

/** What the function gets in place of an answer; of `no answer`, nothing. */
function refuse(outgoing: ServerResponse, service: WireRequest['service'], fault: Fault): void {
  if (fault === 'no answer') return;
  if (fault === 'reset') return void outgoing.destroy();
  const isThrottled = fault === 'throttled';
  const status = isThrottled ? (service === 'S3' ? 503 : 400) : Number(fault);
  const code = isThrottled ? (service === 'S3' ? 'SlowDown' : 'ThrottlingException') : 'InternalError';
  if (service === 'DynamoDB') {
    const type = `com.amazonaws.dynamodb.v20120810#${isThrottled ? code : 'InternalServerError'}`;
    return void outgoing.writeHead(status).end(JSON.stringify({ __type: type, message: fault }));
  }
  const error = `<Error><Code>${code}</Code><Message>${fault}</Message></Error>`;
  outgoing.writeHead(status, { 'content-type': 'application/xml' });
  outgoing.end(service === 'S3' ? error : `<ErrorResponse>${error}</ErrorResponse>`);
}

const DRIP_MILLISECONDS = 200;

function drip(outgoing: ServerResponse, body: Buffer, at = 0): void {
  if (at >= body.length || outgoing.destroyed) return;
  outgoing.write(body.subarray(at, at + 1));
  setTimeout(drip, DRIP_MILLISECONDS, outgoing, body, at + 1).unref();
}

function forward(
  target: string,
  agent: Agent,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = send(new URL(url ?? '/', target), { method, headers, agent }, (response) => {
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
