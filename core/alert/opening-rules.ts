import type { Finding } from '../findings';

/** The rules that object to an access policy for whom it lets in, as far as that can be judged. */
const LETTING_IN: ReadonlySet<string> = new Set([
  'access-policy-public',
  'access-policy-any-account',
  'access-policy-anonymous-network',
  'access-policy-cross-account',
]);

/** Whether the rule tells that an access policy lets others in. The others about policies object to the change alone. */
export const tellsOpening = (rule: string): boolean => LETTING_IN.has(rule);

/**
 * Whether a policy lets others in, or may, as it cannot be judged, so that it is worth shutting out all but the own account: not
 * where that is `LOW`, as where everyone has to sign in all the same.
 */
export const asksToBeClosed = ({ rule, severity, steps }: Finding): boolean =>
  (tellsOpening(rule.id) || rule.id === 'access-policy-unreadable') && (severity !== 'LOW' || steps[0].to !== 'LOW');
