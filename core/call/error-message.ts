import { REDACTED } from './redaction';
import { isSecretMember } from './secret-member';

/** The names of secrets as an error may write them, in one word or in several. */
const NAMED =
  /\b(master[\s_-]*user[\s_-]*(name|password)|passwords?|(secret|public|private)[\s_-]*key|metadata[\s_-]*content|saml[\s_-]*metadata|tokens?(?=[:\s]+['"`]))\b/i;

/**
 * An error message without the values it may tell of members that hold secrets. Of what it was not seen to write, all that
 * may be such a value is left out.
 */
export function withoutValues(text: string, callerArn: string): string {
  return withoutQuoted(text) ?? withoutNamed(text, callerArn);
}

/** An error that names a secret may quote it in any form: what is quoted before the name and all after it is left out. */
function withoutNamed(text: string, callerArn: string): string {
  // A session may be called like a secret, and names none: it is passed over.
  const named = NAMED.exec(callerArn === '' ? text : text.replaceAll(callerArn, ' '.repeat(callerArn.length)));
  if (named === null) return text;
  return `${withoutQuotations(text.slice(0, named.index))}${named[0]} ${REDACTED}`;
}

const CLOSED_BY: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '‹': '›', '«': '»' };

/** Takes out what stands in quotes. An apostrophe inside a word is none; a quote that nothing closes quotes nothing. */
function withoutQuotations(text: string): string {
  const isInWord = (at: number): boolean => /\w/.test(text.charAt(at));
  const neverClosed = new Set<string>();
  let kept = '';
  let end = 0;
  for (const { 0: quote, index } of text.matchAll(/['"`‹«]/g)) {
    if (index < end || neverClosed.has(quote)) continue;
    const close = text.indexOf(CLOSED_BY[quote] ?? quote, index + 1);
    if (close === -1) neverClosed.add(quote);
    else if (quote !== "'" || !(isInWord(index - 1) || isInWord(close + 1))) {
      kept += text.slice(end, index) + REDACTED;
      end = close + 1;
    }
  }
  return kept + text.slice(end);
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

const isSecretPath = (path: string): boolean => path.split('.').some(isSecretMember);
