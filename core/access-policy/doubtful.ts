import type { ConditionTest } from './condition';
import { readingOfKey } from './condition-key';
import { describeTest } from './reason';
import { metOf } from './remainder';
import { intersect, isNobody } from './requesters';
import type { Scope } from './scope';
import type { Statement } from './statement';
import { targetsOf } from './target';

/**
 * How the conditions of an Allow were read where whoever wrote it may have meant something else, each as a clause: one
 * that nobody meets, and one on a key or by an operator that is not known. Nothing of a statement that reaches no data.
 */
export function doubtfulReadings(statement: Statement, scope: Scope): readonly string[] {
  if (statement.tests.length === 0 || targetsOf(statement, scope).length === 0) return [];
  const { tests, position } = statement;
  const describe = (test: ConditionTest): string => describeTest(test, scope.keys, true);
  const unmet = metOf(tests, scope.keys).find(({ meets }) => isNobody(intersect(meets, scope.everyone)))?.test;
  if (unmet) return [`statement ${position} lets nobody in, as ${describe(unmet)}${whyUnmet(unmet, scope)}`];
  return tests
    .filter((test) => test.compares === 'unknown' || readingOfKey(test, scope.keys) !== undefined)
    .map((test) => `in statement ${position} no limit is read into ${describe(test)}`);
}

function whyUnmet(test: ConditionTest, { keys }: Scope): string {
  const { compares } = test;
  if (readingOfKey(test, keys) !== undefined) return '';
  if (compares === 'address') return ', which nobody on the internet has';
  return compares === 'presence' ? ', which is so of no request to a public endpoint' : ', which no request meets';
}
