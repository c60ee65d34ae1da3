import type { Server } from 'node:http';
import { messageFor, refusalOf, type MessageAttribute, type Publish } from './sns-message';
import { startTableServer } from './table-server';

/**
 * A process of its own: fauxqs as S3, SQS and SNS and dynalite as DynamoDB on the loopback interface, telling its parent
 * what happens that AWS services tell each other. It ends when its parent does.
 */
export type EmulatorEvent =
  | { readonly kind: 'listening'; readonly fauxqsPort: number; readonly dynalitePort: number }
  | ({ readonly kind: 'object-created' } & CreatedObject)
  | { readonly kind: 'published'; readonly publish: Publish };

export interface CreatedObject {
  readonly bucket: string;
  /** Not URL-encoded. */
  readonly key: string;
  readonly size: number;
  readonly eTag: string;
  readonly how: 'Put' | 'Copy';
}

type Form = Record<string, string | undefined>;

async function main(): Promise<void> {
  const { buildApp } = await import('fauxqs');
  const app = buildApp({ logger: false });
  // Whoever talks to an emulator keeps its connections: none is to end while it is asked something.
  app.server.keepAliveTimeout = 0;

  // fauxqs neither checks what is published nor knows MessageStructure: both are done here, in front of it.
  app.addHook('preHandler', async (request, reply) => {
    const form = request.body as Form | undefined;
    if (request.method !== 'POST' || !/^Publish/.test(form?.['Action'] ?? '')) return;
    const publish = toPublish(form ?? {});
    const refusal = form?.['Action'] === 'Publish' ? refusalOf(publish) : 'the local run knows Publish only';
    if (refusal !== undefined) return reply.status(400).type('text/xml').send(toError(refusal));
    if (form) form['Message'] = messageFor(publish, 'sqs');
    published.set(request, publish);
    return;
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode !== 200) return;
    const publish = published.get(request);
    if (publish) return tell({ kind: 'published', publish });
    const [bucket, ...path] = (request.url.split('?')[0] ?? '').slice(1).split('/');
    if (request.method !== 'PUT' || !bucket || path.join('') === '' || request.url.includes('partNumber=')) return;
    const length = request.headers['x-amz-decoded-content-length'] ?? request.headers['content-length'];
    return tell({
      kind: 'object-created',
      bucket,
      key: decodeURIComponent(path.join('/')),
      size: Number(length ?? 0),
      eTag: String(reply.getHeader('etag') ?? '').replaceAll('"', ''),
      how: 'x-amz-copy-source' in request.headers ? 'Copy' : 'Put',
    });
  });

  await app.listen({ host: '127.0.0.1', port: 0 });
  const tables = await startTableServer();
  tell({ kind: 'listening', fauxqsPort: portOf(app.server), dynalitePort: portOf(tables) });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('an emulator listens on no port');
  return address.port;
}

const published = new WeakMap<object, Publish>();

function tell(event: EmulatorEvent): void {
  process.send?.(event);
}

function toPublish(form: Form): Publish {
  const subject = form['Subject'];
  const messageStructure = form['MessageStructure'];
  return {
    topicArn: form['TopicArn'] ?? '',
    message: form['Message'] ?? '',
    attributes: attributesIn(form),
    ...(subject !== undefined && { subject }),
    ...(messageStructure !== undefined && { messageStructure }),
  };
}

function attributesIn(form: Form): Record<string, MessageAttribute> {
  const attributes: Record<string, MessageAttribute> = {};
  for (const [key, name] of Object.entries(form)) {
    const entry = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(key)?.[1];
    if (entry === undefined || name === undefined) continue;
    const value = form[`${entry}.Value.StringValue`] ?? form[`${entry}.Value.BinaryValue`] ?? '';
    attributes[name] = { type: form[`${entry}.Value.DataType`] ?? '', value };
  }
  return attributes;
}

function toError(refusal: string): string {
  const message = refusal.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const code = '<Type>Sender</Type><Code>InvalidParameter</Code>';
  return `<ErrorResponse><Error>${code}<Message>Invalid parameter: ${message}</Message></Error></ErrorResponse>`;
}

process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal. The parent says when to stop.
process.on('SIGINT', () => undefined);
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
