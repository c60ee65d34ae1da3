/** A call of SNS Publish, as the emulator hears it. */
export interface Publish {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
  readonly messageStructure?: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export interface MessageAttribute {
  readonly type: string;
  readonly value: string;
}

/** SNS counts the message, all its variants and its attributes together, in bytes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** SNS refuses a subject of a hundred characters or more. */
export const MAX_SUBJECT_LENGTH = 99;

/** Filter policies look at no more, and raw delivery to a queue fails with more. */
export const MAX_ATTRIBUTES = 10;

/** Longer texts are not sent to telephones. */
export const MAX_SMS_LENGTH = 1600;

/** Why SNS refuses `publish`, in the words an operator needs; `undefined` where it accepts it. fauxqs accepts all. */
export function refusalOf(publish: Publish): string | undefined {
  return subjectFault(publish.subject) ?? structureFault(publish) ?? attributeFault(publish) ?? sizeFault(publish);
}

/** The text of `publish` for subscribers over `protocol`. `publish` was accepted. */
export function messageFor(publish: Publish, protocol: string): string {
  if (publish.messageStructure !== 'json') return publish.message;
  const variants = JSON.parse(publish.message) as Record<string, string>;
  return variants[protocol] ?? variants['default'] ?? '';
}

function subjectFault(subject: string | undefined): string | undefined {
  if (subject === undefined) return undefined;
  if (subject.length === 0) return 'subject is empty';
  if (subject.length > MAX_SUBJECT_LENGTH)
    return `subject has ${subject.length} characters, allowed: ${MAX_SUBJECT_LENGTH}`;
  if (!/^[\x20-\x7e]*$/.test(subject)) return `subject holds a line break or what is not ASCII: ${quote(subject)}`;
  return subject.startsWith(' ') ? `subject begins with a space: ${quote(subject)}` : undefined;
}

const PROTOCOLS = ['email', 'email-json', 'sms', 'http', 'https', 'sqs', 'lambda', 'application', 'firehose'];

function structureFault({ message, messageStructure }: Publish): string | undefined {
  if (message === '') return 'message is empty';
  if (messageStructure === undefined) return undefined;
  if (messageStructure !== 'json') return `message structure is ${quote(messageStructure)}, allowed: json`;
  const variants = parsed(message);
  if (typeof variants !== 'object' || variants === null || Array.isArray(variants)) {
    return `message structure is json and the message is no JSON object: ${quote(message)}`;
  }
  if (!('default' in variants)) return 'message structure is json and the message has no default';
  const stranger = Object.entries(variants).find(([, text]) => typeof text !== 'string');
  if (stranger) return `message for ${stranger[0]} is no text`;
  const unknown = Object.keys(variants).find((protocol) => protocol !== 'default' && !PROTOCOLS.includes(protocol));
  if (unknown !== undefined) return `message is for protocol ${unknown}, allowed: default, ${PROTOCOLS.join(', ')}`;
  const sms = Reflect.get(variants, 'sms') as string | undefined;
  return sms !== undefined && sms.length > MAX_SMS_LENGTH
    ? `message for sms has ${sms.length} characters, allowed: ${MAX_SMS_LENGTH}`
    : undefined;
}

function attributeFault({ attributes }: Publish): string | undefined {
  const entries = Object.entries(attributes);
  if (entries.length > MAX_ATTRIBUTES) {
    return `message has ${entries.length} attributes, of which filter policies see ${MAX_ATTRIBUTES}`;
  }
  return entries
    .map(([name, { type, value }]) => faultOfAttribute(name, type, value))
    .find((fault) => fault !== undefined);
}

function faultOfAttribute(name: string, type: string, value: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) || name.length > 256 || /^(aws|amazon)\./i.test(name)) {
    return `attribute name ${quote(name)} is not allowed`;
  }
  if (!/^(String|String\.Array|Number|Binary)$/.test(type)) return `attribute ${name} has type ${quote(type)}`;
  if (value === '') return `attribute ${name} is empty`;
  if (/[\ud800-\udfff]/.test(value)) return `attribute ${name} holds a character SNS refuses: ${quote(value)}`;
  if (type === 'String.Array' && !Array.isArray(parsed(value))) return `attribute ${name} is no list: ${quote(value)}`;
  return undefined;
}

function sizeFault({ message, attributes }: Publish): string | undefined {
  const texts = [message, ...Object.entries(attributes).flatMap(([name, { type, value }]) => [name, type, value])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes > MAX_MESSAGE_BYTES ? `message has ${bytes} bytes, allowed: ${MAX_MESSAGE_BYTES}` : undefined;
}

/** The value that `json` holds, `undefined` where it is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
