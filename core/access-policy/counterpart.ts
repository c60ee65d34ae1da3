import { readArn } from '../base/arn';
import { claimsOf } from './claims';
import { readDocuments } from './document';
import { isUniqueId } from './principal';

/**
 * The ARNs of the principals that a policy names by unique ids, as far as its counterpart tells them: the same policy as
 * the other side of a record shows it. The service turns the id of a living principal into its ARN, and shows an id where
 * the principal was deleted. Statements are the same where all but the principals is, and then names stand for each other
 * in their order. Empty where the two are not the same policy.
 */
export function arnsOfIdsIn(policy: unknown, counterpart: unknown): ReadonlyMap<string, string> {
  const arns = new Map<string, string>();
  if (counterpart === undefined || ![policy, counterpart].some(mayHoldId)) return arns;
  const [ours, theirs] = [policy, counterpart].map(statementsIn);
  if (!ours || !theirs || ours.length !== theirs.length) return arns;
  for (const [at, statement] of ours.entries()) {
    const other = theirs[at];
    if (other === undefined || !isSameBesidePrincipals(statement, other)) continue;
    const [here, there] = [
      without(statement.principals, other.principals),
      without(other.principals, statement.principals),
    ];
    if (here.length !== there.length) continue;
    for (const [place, name] of here.entries()) {
      const stands = there[place] ?? '';
      if (isUniqueId(name) && readArn(stands)) arns.set(name, stands);
      else if (isUniqueId(stands) && readArn(name)) arns.set(stands, name);
    }
  }
  return arns;
}

/** A text is looked through at once, where it would take much longer to read; letters of it may be escaped. */
const mayHoldId = (policy: unknown): boolean =>
  typeof policy !== 'string' || policy.includes('\\u') || /A[A-Z]{3}[A-Z0-9]{12}/.test(policy);

/** `undefined` for what has more than one reading, or none. */
function statementsIn(policy: unknown) {
  const [document, ...others] = readDocuments(policy);
  if (document === undefined || document.unreadable !== undefined || others.length > 0) return undefined;
  return document.statements.map(claimsOf);
}

type Claims = ReturnType<typeof claimsOf>;

const isSameBesidePrincipals = (a: Claims, b: Claims): boolean =>
  JSON.stringify({ ...a, principals: [] }) === JSON.stringify({ ...b, principals: [] });

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const taken = new Set(others);
  return names.filter((name) => !taken.has(name));
}
