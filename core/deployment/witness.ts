import { listOf, memberOf, isObject, unwrapped } from '../base/members';
import type { Situation } from '../rules';
import { witnessOf, witnessSentence } from '../witness';
import type { Deployed } from './call';

/** What the id of a rule about an exposure begins with; the exposure follows. */
const OF_EXPOSURE = 'access-policy-';

/**
 * A request that shows an exposure, in a sentence: one that the statements let in which the rule speaks of, and no Deny of the
 * policy takes out. `undefined` for rules about something else, and where none was found.
 */
export function witnessFor(
  rule: string,
  { policy: verdict, posture }: Situation,
  policy: unknown,
  deployed: Deployed,
  domainArn: string,
): string | undefined {
  const positions = new Set(
    (verdict?.grants ?? [])
      .filter(({ exposure }) => rule === `${OF_EXPOSURE}${exposure}`)
      .map(({ statement }) => statement),
  );
  if (positions.size === 0) return undefined;
  const document = unwrapped(policy);
  if (!isObject(document)) return undefined;
  const statements = listOf(memberOf(document, 'Statement')).map((statement, at) =>
    positions.has(at + 1) || /^deny$/i.test(String(memberOf(statement, 'Effect'))) ? statement : {},
  );
  const endpoint = posture.endpoint.value === 'vpc' ? 'vpc' : 'public';
  const { accountId, time } = deployed;
  const witness = witnessOf({ ...document, Statement: statements }, { endpoint, accountId, time, domainArn });
  if (witness === undefined) return undefined;
  const signsIn = posture.fineGrainedAccess.value === 'on' && posture.anonymousAccess.value !== 'on';
  return `${witnessSentence(witness)}${signsIn ? ', and then has to sign in' : ''}`;
}
