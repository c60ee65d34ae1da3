import { judgeDeclared } from '../../core/deployment';
import { toCriteria } from '../../core/settings';
import { declaredInTemplate } from '../../core/template';
import type { LetsIn, Subject } from './subjects';

const PLACE = { accountId: '111122223333', region: 'eu-west-1' };

/** What we say of whom a subject lets in: `CRITICAL access-policy-public`, with a question mark where it is doubt. */
export interface Ours {
  readonly says: string;
  readonly isRight: boolean;
}

/** What has to be found for each: an account or an organization that no setting trusts is told. */
const FOUND: Readonly<Record<LetsIn, RegExp>> = {
  everyone: /^(CRITICAL|HIGH) access-policy-public$/,
  'everyone, to a sign-in': /^(MEDIUM|LOW) access-policy-public$/,
  'a network': /^(HIGH|MEDIUM|LOW) access-policy-(anonymous-network|public)$/,
  'any account': /^(CRITICAL|HIGH) access-policy-any-account$/,
  'another account': /^(HIGH|MEDIUM) access-policy-cross-account$/,
  'nobody else': /^silent$/,
  'not known': /\?$/,
};

/** Judged as `check` judges it, in the account and Region that its ARNs name. */
export function oursOn({ template, letsIn }: Subject): Ours {
  const [worst] = declaredInTemplate(template, PLACE)
    .flatMap((each) => judgeDeclared(each, toCriteria(), '2026-11-29T00:00:00Z').findings)
    .filter(({ rule }) => rule.id.startsWith('access-policy-'));
  const says = worst ? `${worst.severity} ${worst.rule.id}${worst.doubt === undefined ? '' : ' ?'}` : 'silent';
  return { says, isRight: FOUND[letsIn].test(says) };
}
