/* A witness: one concrete request that an access policy lets in, so that nobody has to believe a verdict. */

import { unwrapped } from '../base/members';
import { candidates, type Setting } from './candidates';
import { letInBy, statementsIn } from './evaluate';
import type { Request } from './request';

export type { Request } from './request';
export { witnessSentence } from './sentence';

/** A request that gets in, and by which statement, counted from 1. */
export interface Witness {
  readonly request: Request;
  readonly statement: number;
}

/** How often a statement is held against a request: enough for what policies name, and an end for what was made to take long. */
const MOST_LOOKS = 500_000;

/**
 * A request that `policy` lets in by IAM's logic, of the least known requester there is: one that nobody signed before one
 * of a stranger, a stranger before whom the policy names. `undefined` where none was found, which proves nothing.
 *
 * @param policy a text of JSON, or the same parsed
 * @param setting what the domain is like; `domainArn` without what follows its name
 */
export function witnessOf(policy: unknown, setting: Setting & { readonly domainArn: string }): Witness | undefined {
  const document = unwrapped(policy);
  let left = MOST_LOOKS;
  const statements = statementsIn(document);
  const looks = Math.max(1, statements.length);
  for (const request of candidates(statements, setting)) {
    const statement = letInBy(statements, request, setting.domainArn);
    if (statement !== undefined) return { request, statement };
    left -= looks;
    if (left <= 0) break;
  }
  return undefined;
}
