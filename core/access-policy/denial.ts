import { isNetworkKey, whoFails } from './condition-key';
import type { ConditionTest } from './condition';
import type { Effort } from './effort';
import { namesEveryone } from './principal';
import { both, either, EVERYONE, NOBODY, type Reach } from './reach';
import { coversDomain } from './resource';
import { inLowerCase, type Selection } from './selection';
import type { Statement } from './statement';
import type { Trusted } from './trusted';

/** What a policy is judged against. */
export interface Scope {
  readonly trusted: Trusted;
  /** What is trusted of principals whom the policy names by their accounts. */
  readonly named: Trusted;
  readonly domainArn: string | undefined;
  readonly dataPlane: 'domain' | 'direct-query';
  readonly effort: Effort;
}

/** What is known to be taken away by the Deny statements that name the same actions and resources. */
export interface Denial {
  readonly statements: readonly Statement[];
  /** In lower case. */
  readonly actions: Selection;
  readonly resources: Selection;
  /** Who is not denied, at most. */
  readonly spares: Reach;
  /** The same among those whom the policy names by their accounts. */
  readonly sparesOfNamed: Reach;
  /** Whatever an Allow reaches of the domain is denied. */
  readonly coversDomain: boolean;
  /** The networks that are spared by name, as written. */
  readonly networks: readonly string[];
}

/** A Deny of named principals takes nothing away that could be proved, nor does one that may spare everyone. */
export function denialsIn(statements: readonly Statement[], scope: Scope): readonly Denial[] {
  const { trusted, named, domainArn, effort } = scope;
  const denials = new Map<string, Denial>();
  for (const statement of statements) {
    if (statement.effect !== 'deny' || !namesEveryone(statement.principals)) continue;
    // Whether the service takes a Deny that names something it does not know is not known.
    if (statement.principals.unreadable.length > 0) continue;
    const spares = sparedBy(statement, trusted);
    if (spares === EVERYONE) continue;
    const sparesOfNamed = sparedBy(statement, named);
    const actions = inLowerCase(statement.actions);
    const key = JSON.stringify([actions, statement.resources]);
    const before = denials.get(key);
    denials.set(key, {
      statements: [...(before?.statements ?? []), statement],
      actions,
      resources: statement.resources,
      spares: before ? both(before.spares, spares) : spares,
      sparesOfNamed: before ? both(before.sparesOfNamed, sparesOfNamed) : sparesOfNamed,
      coversDomain: before?.coversDomain ?? coversDomain(statement.resources, domainArn, effort),
      networks: [...(before?.networks ?? []), ...networksIn(statement.tests.filter((test) => test.isNegated))],
    });
  }
  return [...denials.values()];
}

const sparedBy = ({ tests }: Statement, trusted: Trusted): Reach =>
  tests.map((test) => whoFails(test, trusted)).reduce(either, NOBODY);

/** The networks that tests name, as written. */
export function networksIn(tests: readonly ConditionTest[]): readonly string[] {
  return tests.filter(({ key, compares }) => isNetworkKey(key) && compares !== 'other').flatMap(({ values }) => values);
}
