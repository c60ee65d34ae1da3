/** The rules that object to an access policy for whom it lets in, as far as that can be judged. */
const LETTING_IN: ReadonlySet<string> = new Set([
  'access-policy-public',
  'access-policy-any-account',
  'access-policy-anonymous-network',
  'access-policy-cross-account',
]);

/** Whether the rule tells that an access policy lets others in. The others about policies object to the change alone. */
export const tellsOpening = (rule: string): boolean => LETTING_IN.has(rule);

/** Whether the rule tells that a policy lets others in, or may: it cannot be judged. */
export const tellsPossibleOpening = (rule: string): boolean =>
  tellsOpening(rule) || rule === 'access-policy-unreadable';
