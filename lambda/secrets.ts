import type { ConfigCall } from './config-call';
import { isObject } from './members';

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

/** Takes out of a text about `call` what its record holds under the name of a secret, and what an error quotes under one. */
export function redactorOf(call: ConfigCall): (text: string) => string {
  const secrets = secretsIn(call.record).toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), withoutQuoted(text));
}

/** The service refuses a value with `Value '<the value>' at '<path.of.the.member>' failed to satisfy constraint`. */
function withoutQuoted(text: string): string {
  const path = [...text.matchAll(/' at '([\w.[\]-]{1,200})'/g)].findLast(([, at]) => isSecretPath(at ?? ''));
  if (path === undefined) return text;
  const start = text.search(/\bvalue:? '/i);
  // Values may hold quotes themselves, so that nothing up to the last such path is taken for outside of one.
  return start === -1 || start > path.index
    ? REDACTED + text.slice(path.index + 1)
    : `${text.slice(0, start)}Value ${REDACTED}${text.slice(path.index + 1)}`;
}

const isSecretPath = (path: string): boolean => path.split('.').some((member) => SECRET_MEMBER.test(member));

/** Nothing a rule quotes lies deeper, and a record nested by the thousand was made to exhaust its reader. */
const DEEPEST = 100;

function secretsIn(value: unknown, isSecret = false, depth = 0): readonly string[] {
  if (typeof value === 'string') return isSecret && value.trim().length >= SHORTEST_SECRET ? [value.trim()] : [];
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([member, inner]) =>
    secretsIn(inner, isSecret || SECRET_MEMBER.test(member), depth + 1),
  );
}
