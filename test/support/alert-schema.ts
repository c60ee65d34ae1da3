import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import type { Alert } from '../../core/alert';
import { ROOT } from './root';
import { memberOf } from '../../core/base/members';

const SCHEMA = join(ROOT, 'docs', 'alert.schema.json');

const isValid = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
);

/** What is wrong with a published machine body by the schema in docs/; nothing wrong is an empty list. */
export function schemaProblems(body: unknown): readonly string[] {
  return isValid(body)
    ? []
    : (isValid.errors ?? []).map((error) => `body ${error.instancePath} ${error.message ?? ''}`);
}

/** What OCSF 1.8.0 itself requires of a Detection Finding with the cloud profile. */
const REQUIRED_BY_OCSF = [
  'activity_id',
  'category_uid',
  'class_uid',
  'type_uid',
  'severity_id',
  'time',
  'metadata/version',
  'metadata/product/name',
  'metadata/product/vendor_name',
  'finding_info/uid',
  'finding_info/title',
  'finding_info/analytic/type_id',
  'remediation/desc',
  'cloud/provider',
] as const;

const SEVERITY_IDS: Readonly<Record<string, number>> = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 };

/** SNS counts the message and the attributes together. */
const MAX_BYTES = 262_144;

/** What reaches nobody's eye as itself: control and format characters, line breaks, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * `alert`, which is what its documentation says: the body by its JSON Schema and by OCSF, the rest by the limits of SNS
 * and of Amazon Q Developer.
 * @throws Error naming everything that is not
 */
export function checked(alert: Alert): Alert {
  const problems = [...bodyProblems(alert), ...messageProblems(alert), ...chatProblems(alert)];
  if (problems.length > 0) throw new Error(`the alert breaks its contract:\n${problems.join('\n')}`);
  return alert;
}

/** The chat notification in an alert. */
export function chatOf(alert: Alert): Chat {
  return JSON.parse(textsOf(alert)['https'] ?? '') as Chat;
}

export const smsOf = (alert: Alert): string => textsOf(alert)['sms'] ?? '';

export interface Chat {
  readonly version: string;
  readonly source: string;
  readonly content: {
    readonly textType: string;
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly relatedResources: readonly string[];
  };
}

const textsOf = ({ message }: Alert): Readonly<Record<string, string>> => JSON.parse(message) as Record<string, string>;

function bodyProblems({ body, severity, uid }: Alert): readonly string[] {
  const { class_uid, activity_id, type_uid, severity_id, finding_info } = body;
  return [
    ...schemaProblems(body),
    ...REQUIRED_BY_OCSF.filter((path) => (memberOf(body, ...path.split('/')) ?? '') === '').map(
      (path) => `body has no ${path}, which OCSF requires`,
    ),
    ...problemIf(type_uid !== class_uid * 100 + activity_id, 'body.type_uid is not class_uid * 100 + activity_id'),
    ...problemIf(severity_id !== SEVERITY_IDS[severity], `body.severity_id is ${severity_id} for ${severity}`),
    ...problemIf(finding_info.uid !== uid, 'body.finding_info.uid is not the uid'),
  ];
}

function messageProblems(alert: Alert): readonly string[] {
  const { subject, email, body, message, attributes, severity } = alert;
  const texts = textsOf(alert);
  const sms = smsOf(alert);
  const pairs = Object.entries(attributes);
  const bytes = [message, ...pairs.flat(), ...pairs.map(() => 'String')].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  return [
    ...problemIf(bytes > MAX_BYTES, `message and attributes take ${bytes} bytes`),
    ...problemIf(!/^[\x20-\x7e]{1,99}$/.test(subject), `subject is ${JSON.stringify(subject)}`),
    ...problemIf(!subject.startsWith(`${severity}: `), `subject does not begin with ${severity}`),
    ...problemIf(Object.keys(texts).join() !== 'default,email,https,sms', 'message has other kinds of texts'),
    ...problemIf(texts['default'] !== JSON.stringify(body), 'the default text is not the body'),
    ...problemIf(texts['email'] !== email, 'the text for e-mail is not the e-mail'),
    ...problemIf(UNSEEN.test(email.replaceAll('\n', '')), 'the e-mail holds control or format characters'),
    ...problemIf(!/^[\x20-\x7e]{1,140}$/.test(sms), `the text for SMS is ${JSON.stringify(sms)}`),
    ...problemIf(pairs.length === 0 || pairs.length > 10, `there are ${pairs.length} attributes`),
    ...pairs
      .filter(([name, value]) => !/^\w+$/.test(name) || !/^[\x20-\x7e]{1,128}$/.test(value))
      .map(([name, value]) => `attribute ${name} is ${JSON.stringify(value)}`),
  ];
}

function chatProblems(alert: Alert): readonly string[] {
  const { version, source, content, metadata } = chatOf(alert);
  const { textType, title, description, nextSteps, keywords } = content;
  const lines = [title, ...description.split('\n'), ...nextSteps, ...keywords, metadata.threadId, metadata.summary];
  return [
    ...problemIf(version !== '1.0' || source !== 'custom' || textType !== 'client-markdown', 'chat is not custom 1.0'),
    ...problemIf(title.length > 250, `chat title has ${title.length} characters`),
    ...problemIf(description.length > 8000, `chat description has ${description.length} characters`),
    ...problemIf(
      nextSteps.some((step) => step.length > 350),
      'a next step of the chat is too long',
    ),
    ...problemIf(
      keywords.some((keyword) => keyword.length > 75),
      'a keyword of the chat is too long',
    ),
    ...problemIf([title, description, ...nextSteps, ...keywords].includes(''), 'chat has an empty text'),
    ...problemIf(
      lines.some((line) => UNSEEN.test(line)),
      'chat holds control or format characters',
    ),
  ];
}

const problemIf = (holds: boolean, problem: string): readonly string[] => (holds ? [problem] : []);
