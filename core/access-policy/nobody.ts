import type { ConditionTest } from './condition';
import { readingOfKey, whoMeets } from './condition-key';
import { describeTest } from './reason';
import { intersect, isNobody } from './requesters';
import type { Scope } from './scope';
import type { Statement } from './statement';
import { targetsOf } from './target';

/**
 * Why nobody meets the conditions of an Allow, as a clause; `undefined` where somebody may, and where it would reach no
 * data. Whoever wrote it meant to let somebody in, so how it was read is told.
 */
export function whyNobody(statement: Statement, scope: Scope): string | undefined {
  if (targetsOf(statement, scope).length === 0) return undefined;
  const test = statement.tests.find((each) => isNobody(intersect(whoMeets(each, scope.keys), scope.everyone)));
  if (test === undefined) return undefined;
  return `statement ${statement.position} lets nobody in, as ${describeTest(test, scope.keys, true)}${meaningOf(test, scope)}`;
}

function meaningOf({ key, compares }: ConditionTest, { keys }: Scope): string {
  if (readingOfKey(key, keys) !== undefined) return '';
  if (compares === 'address') return ', which nobody on the internet has';
  return compares === 'presence' ? ', which is so of no request to a public endpoint' : ', which no request meets';
}
