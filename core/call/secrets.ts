import type { Call } from './call';
import { isObject } from '../base/members';

/**
 * Members whose values are nobody's to read, in whatever letter case: CloudTrail is expected to hide most of them, and
 * is not relied on to.
 */
const SECRET_MEMBER =
  /password|secret|passphrase|masterUserName|metadataContent|entityId$|publicKey|privateKey|accessKeyId|(session|security|auth|client|grant)Tokens?$|^grants?$|grantId$/i;

/** A shorter value is a word, such as `admin`, which stands in other texts for other reasons. */
const SHORTEST_SECRET = 6;

const REDACTED = '(redacted)';

/** Whether the value of a member of this name is a secret. */
export const isSecretMember = (name: string): boolean => SECRET_MEMBER.test(name);

/**
 * No credential, and free for the caller to choose: words, which are ours as often, or an account. Taken out of an alert,
 * they would let a caller choose what it does not say.
 */
const isChosen = ({ member, value }: Secret): boolean =>
  (/entityId$|clientToken$/i.test(member) && /^(\d{12}|\W*[a-z-]+(\s.*)?)$/is.test(value)) ||
  (/userName$/i.test(member) && /^\d{12}$/.test(value));

/** A user name made of letters alone is a word of ours as often: it is taken out only of what others wrote. */
const isWord = ({ member, value }: Secret): boolean => /userName$/i.test(member) && /^[a-z]+$/i.test(value);

export interface Redactor {
  /** Takes what the record holds under the name of a secret out of a text of ours that quotes the record. */
  readonly quoted: (text: string) => string;
  /** Takes out of an error message the same, user names, and what it quotes under the name of a secret. */
  readonly written: (text: string) => string;
}

/** What takes the secrets of the call's record out of texts about the call. */
export function redactorOf(call: Call): Redactor {
  const secrets = secretsIn(call.record);
  const isOurs = (secret: Secret): boolean => isWord(secret) || isChosen(secret) || secret.value === call.domain.name;
  const quoted = without(secrets.filter((secret) => !isOurs(secret)));
  const everything = without(secrets);
  const callerArn = call.caller.arn ?? '';
  return { quoted, written: (text) => everything(withoutQuoted(text) ?? withoutNamed(text, callerArn)) };
}

/** Takes the values of secrets out of a text, as they are and as JSON escapes them. */
function without(secrets: readonly Secret[]): (text: string) => string {
  const spellings = secrets.flatMap(({ value }) => [value, JSON.stringify(value).slice(1, -1)]);
  const longestFirst = [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, spelling) => rest.replaceAll(spelling, REDACTED), text);
}

/** The names of secrets as an error may write them, in one word or in several. */
const NAMED =
  /\b(master[\s_-]*user[\s_-]*(name|password)|passwords?|(secret|public|private)[\s_-]*key|metadata[\s_-]*content|saml[\s_-]*metadata|tokens?(?=[:\s]+['"`]))\b/i;
const QUOTED = /(?<!\w)'[^']*'(?!\w)|"[^"]*"|`[^`]*`|‹[^›]*›|«[^»]*»/g;

/** An error that names a secret may quote it in any form: what is quoted before the name and all after it is left out. */
function withoutNamed(text: string, callerArn: string): string {
  // A session may be called like a secret, and names none: it is passed over.
  const named = NAMED.exec(callerArn === '' ? text : text.replaceAll(callerArn, ' '.repeat(callerArn.length)));
  if (named === null) return text;
  return `${text.slice(0, named.index).replace(QUOTED, REDACTED)}${named[0]} ${REDACTED}`;
}

/** `undefined` where nothing is quoted so: the service refuses a value with `Value '<the value>' at '<path.of.the.member>' failed to satisfy constraint`. */
function withoutQuoted(text: string): string | undefined {
  const path = [...text.matchAll(/' at '([\w.[\]-]{1,200})'/g)].findLast(([, at]) => isSecretPath(at ?? ''));
  if (path === undefined) return undefined;
  const start = text.search(/\bvalue:? '/i);
  // Values may hold quotes themselves, so that nothing up to the last such path is taken for outside of one.
  return start === -1 || start > path.index
    ? REDACTED + text.slice(path.index + 1)
    : `${text.slice(0, start)}Value ${REDACTED}${text.slice(path.index + 1)}`;
}

const isSecretPath = (path: string): boolean => path.split('.').some((member) => SECRET_MEMBER.test(member));

/** Nothing a rule quotes lies deeper, and a record nested by the thousand was made to exhaust its reader. */
const DEEPEST = 100;

interface Secret {
  /** The name of the member that makes it one. */
  readonly member: string;
  readonly value: string;
}

function secretsIn(value: unknown, member?: string, depth = 0): readonly Secret[] {
  if (typeof value === 'string') {
    return member !== undefined && value.trim().length >= SHORTEST_SECRET ? [{ member, value: value.trim() }] : [];
  }
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, member, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    secretsIn(inner, member ?? (SECRET_MEMBER.test(name) ? name : undefined), depth + 1),
  );
}
