import { isObject } from '../../core/base/members';
import cases from '../../test/fixtures/access-policies.json';
import type { LetsIn } from './subjects';

/** What depends on whom the operator trusts, which the tools cannot be told. */
const OF_TRUST = /444455556666|o-trusted1|198\.51\.100\.|vpce?-0trusted/;

const LETS_IN: Readonly<Record<string, LetsIn>> = {
  public: 'everyone',
  'any-account': 'any account',
  'anonymous-network': 'a network',
  'cross-account': 'another account',
};

/** A policy of the tests, and whom it lets in. */
export interface ProvenPolicy {
  readonly name: string;
  readonly policy: object;
  readonly letsIn: LetsIn;
}

/** Policies that the service would refuse, or that are read with a doubt, are about how they are read and not about whom they let in. */
const OF_FORM = 'form of the policy';

/** The policies of the tests that a tool without our settings can be asked about. */
export const PROVEN: readonly ProvenPolicy[] = cases.flatMap((each): readonly ProvenPolicy[] => {
  const { policy } = each;
  const isPlain = each.topic !== OF_FORM && !('unreadable' in each.expected) && !('context' in each);
  if (!isPlain || !isObject(policy) || OF_TRUST.test(JSON.stringify(policy))) return [];
  return [{ name: `${each.topic}: ${each.name}`, policy, letsIn: LETS_IN[each.expected.exposure] ?? 'nobody else' }];
});
