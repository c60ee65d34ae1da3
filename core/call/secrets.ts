import type { Call } from './call';
import { isObject } from '../base/members';
import { once } from '../base/once';
import { isSecretMember } from './secret-member';
import { withoutValues } from './error-message';
import { redactionOf, SHORTEST_SECRET } from './redaction';

/**
 * No credential, and free for the caller to choose: words, which are ours as often, or an account. Taken out of an alert,
 * they would let a caller choose what it does not say.
 */
const isChosen = ({ member, value }: Secret): boolean =>
  (/entityId$|clientToken$/i.test(member) && /^(\d{12}|\W*([a-z][a-z-]*|-)(\s.*)?)$/is.test(value)) ||
  (/userName$/i.test(member) && /^\d{12}$/.test(value));

/** A user name made of letters alone is a word of ours as often: it is taken out only of what others wrote. */
const isWord = ({ member, value }: Secret): boolean => /userName$/i.test(member) && /^[a-z]+$/i.test(value);

export interface Redactor {
  /** Takes what the record holds under the name of a secret out of a text of ours that quotes the record. */
  readonly quoted: (text: string) => string;
  /** The same for what is kept of the call: what was told before it, or will be, makes no difference. */
  readonly kept: (text: string) => string;
  /** Takes out of an error message the same, user names, and what it quotes under the name of a secret. */
  readonly written: (text: string) => string;
}

/** What takes the secrets of the call's record out of texts about the call, of which there are several. */
export const redactorOf = once((call: Call): Redactor => {
  const secrets = secretsIn(call.record);
  const isOurs = (secret: Secret): boolean => isWord(secret) || isChosen(secret) || secret.value === call.domain?.name;
  const quotable = spellingsOf(secrets.filter((secret) => !isOurs(secret)));
  const everything = redactionOf(spellingsOf(secrets));
  const callerArn = call.caller.arn ?? '';
  return {
    quoted: redactionOf(quotable),
    kept: redactionOf(quotable),
    written: (text) => {
      const beginning = text.trimStart().slice(0, LONGEST_MESSAGE);
      return everything(withoutValues(beginning, callerArn));
    },
  };
});

/** As they are and as JSON escapes them. */
const spellingsOf = (secrets: readonly Secret[]): readonly string[] =>
  secrets.flatMap(({ value }) => [value, JSON.stringify(value).slice(1, -1)]);

/** CloudTrail keeps 1 KB of an error message; of a longer one, which it never wrote, nothing behind this is shown. */
const LONGEST_MESSAGE = 20_000;

/** Nothing a rule quotes lies deeper, and a record nested by the thousand was made to exhaust its reader. */
const DEEPEST = 100;

interface Secret {
  /** The name of the member that makes it one. */
  readonly member: string;
  readonly value: string;
}

function secretsIn(record: unknown): readonly Secret[] {
  const secrets: Secret[] = [];
  const visit = (value: unknown, member: string | undefined, depth: number): void => {
    if (typeof value === 'string') {
      const text = member === undefined ? '' : value.trim();
      if (member !== undefined && text.length >= SHORTEST_SECRET) secrets.push({ member, value: text });
    } else if (depth > DEEPEST) return;
    else if (Array.isArray(value)) for (const item of value) visit(item, member, depth + 1);
    else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        visit(inner, member ?? (isSecretMember(name) ? name : undefined), depth + 1);
      }
    }
  };
  visit(record, undefined, 0);
  return secrets;
}
