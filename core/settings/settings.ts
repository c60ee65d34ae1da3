import type { AlertSeverity, Severity } from '../base/severity';

/** What decides the verdicts; everything has a default, so `{}` is a valid configuration. */
export interface Settings {
  /**
   * Names of the API operations to watch, of either generation: one name watches both spellings of a renamed call.
   * @default - every call that changes a configuration
   */
  readonly watchedEvents?: readonly string[];
  /**
   * Account ids, twelve digits each, that may be let in without an alert about another account.
   * @default - only the domain's own account
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * Organization ids, `o-…`, whose accounts may be let in.
   * @default - none
   */
  readonly trustedOrganizations?: readonly string[];
  /**
   * Networks that may reach a domain without signing in: address ranges in CIDR notation, VPC ids, VPC endpoint ids.
   * @default - none
   */
  readonly trustedNetworks?: readonly string[];
  /**
   * ARN patterns, with `*` and `?`, of callers whose findings are one severity step lower. They are never hidden. A
   * session matches by its own ARN or by that of its role.
   * @default - none
   */
  readonly trustedCallers?: readonly string[];
  /**
   * Severity by rule id or event name. A rule id replaces the severity of the rule's findings; an event name raises what
   * is milder among the findings of its calls.
   * @default - the severities of docs/rules.md
   */
  readonly severityOverrides?: Readonly<Record<string, Severity>>;
  /**
   * Findings to count and log but not to send.
   * @default - none
   */
  readonly suppressions?: readonly Suppression[];
  /**
   * Rules of your own.
   * @default - none
   */
  readonly watchPatterns?: readonly WatchPattern[];
  /**
   * Whose the accounts are, by their ids of twelve digits. The command accounts writes them from AWS Organizations.
   * @default - accounts are told by their ids, and nobody hears of theirs alone
   */
  readonly accounts?: Readonly<Record<string, Account>>;
  /**
   * Whose the domains are, by patterns of their names, `orders-*`, or of their ARNs, with `*` and `?`. Of the patterns that match, the
   * one with most letters counts. Its owner takes the place of the account's.
   * @default - domains are their account's
   */
  readonly domains?: Readonly<Record<string, Ownership>>;
  /**
   * Where an access policy can be set back by a link in the alert, once that is approved: the document of an `EsConfigMonitorWayBack`.
   * @default - alerts have commands alone
   */
  readonly wayBack?: WayBack;
}

/** The document that sets access policies back. */
export interface WayBack {
  /** Its name, the same wherever it is. */
  readonly document: string;
  /** ARNs of the domains that it is for, in whose accounts and regions it is. */
  readonly domains: readonly string[];
}

/** Whose something is, and who is told of it. */
export interface Ownership {
  /** What people call it, at most 100 characters. @default - it is told by its id */
  readonly name?: string;
  /** Whose it is: letters, digits, spaces and `._-`, at most 64, such as the name of a team. @default - nobody's */
  readonly owner?: string;
  /**
   * Who is told of what is the owner's, beside the subscribers of the stack: e-mail addresses, https addresses, phone numbers with
   * `+`, ARNs of queues and of functions. Given at one thing of the owner's it holds for all of them; given at several, the same.
   * @default - those given at another thing of the owner's
   */
  readonly subscribers?: readonly string[];
  /** The mildest alerts about this that its owner is told of. @default LOW */
  readonly minimumSeverity?: AlertSeverity;
  /** What else is to be told to machines, such as the tags it has in AWS. @default - nothing */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Whose an account is, and where in its organization. */
export interface Account extends Ownership {
  /** Id of its organization, `o-…`. @default - not told */
  readonly organization?: string;
  /** The way to it from the root of the organization, `Production/Search`. @default - not told */
  readonly organizationalUnit?: string;
}

/** Hides the findings that match all of the members given, until it expires. At least one member must be given. */
export interface Suppression {
  /** Rule id, or the name of a watch pattern. @default - any */
  readonly rule?: string;
  /** Event name; either generation's name stands for both. @default - any */
  readonly eventName?: string;
  /** Domain name. @default - any */
  readonly domain?: string;
  /** The account that owns the domain, twelve digits. @default - any */
  readonly account?: string;
  /** ARN pattern, with `*` and `?`, of the caller or of the role behind a session. @default - any */
  readonly caller?: string;
  /** Why hiding it is right; logged with every finding it hides. */
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD` in UTC, compared with the day of the call. An expired one stops synthesis. */
  readonly expires: string;
}

/** A rule of the user's own: an Amazon EventBridge event pattern over the CloudTrail record. */
export interface WatchPattern {
  /** The rule id of its findings, in kebab case. */
  readonly name: string;
  /** What EventBridge would take as the `detail` of a rule for CloudTrail calls: `{ eventName: ['AddTags'] }`. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** That of its findings, before the outcome and the caller move it. */
  readonly severity: AlertSeverity;
}
