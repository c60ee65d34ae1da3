import type { Operation } from '../../call';
import type { Severity } from '../../base/severity';
import type { WatchedCall, WatchedSource } from '../../base/watched-calls';
import type { Compared, Situation } from './situation';
import type { Technique } from './attack';

/**
 * Something to object to in a configuration call. Rules are data: the engine knows none of them, and `docs/rules.md` is
 * printed from them.
 */
export interface Rule {
  /** A fact in kebab case; part of the contract with those who read alerts. */
  readonly id: string;
  /** What happened, as a short phrase without a full stop. */
  readonly title: string;
  /** Each severity the evidence can have, with the condition it stands for. */
  readonly severities: Partial<Readonly<Record<Severity, string>>>;
  /** Why it matters, to someone who has just been woken. */
  readonly why: string;
  readonly remediation: Remediation;
  readonly attack: readonly Technique[];
  /** The operations the rule looks at, by their current names; it is asked about no other. @default - every call */
  readonly operations?: readonly Operation[];
  /** The calls of other services the rule looks at instead. @default - it looks at calls of the configuration API */
  readonly calls?: { readonly [Source in WatchedSource]?: readonly WatchedCall<Source>[] };
  /** It looks at what was known of the domain before the call. @default - it looks at the call alone */
  readonly compares?: true | undefined;
  /** What the rule objects to in this situation; nothing is no match. Pure, and total on any call of its operations. */
  readonly evidence: (situation: Compared) => readonly Evidence[];
}

export interface Remediation {
  /** What to do next, in a sentence or two. */
  readonly text: string;
  /**
   * An AWS CLI call with `{domain}`, `{region}`, `{account}`, `{source}`, a data source, `{connection}`, between clusters, `{endpoint}`, in a
   * VPC, `{package}`, `{packages}`, `{users}`, accounts that use a package, and `{resource}`, of another service, standing for those of the call,
   * `{grantee}` for the options that name who is let create endpoints, and words in capitals, as `{LOG_GROUP_ARN}`, for what its reader has
   * to put in.
   */
  readonly command?: string;
  /** Commands that take its place for some of the operations or calls. @default - `command` for all */
  readonly commands?: Partial<Readonly<Record<Operation | WatchedCall<WatchedSource>, string>>>;
}

export interface Evidence<Level extends Severity = Severity> {
  /** Before the outcome and the caller move it. */
  readonly severity: Level;
  /**
   * What was seen, as a clause without a capital or a full stop. Quotes text written by strangers. It may be put together when
   * it is read: of thousands of pieces a few are told.
   */
  readonly says: string;
}

/**
 * A rule whose evidence has the severities it declares, and no other, and that looks at what was before only where it says that
 * it compares: everything else does not compile.
 *
 * @param rule as `Rule` says
 */
export function defineRule<
  const Severities extends Rule['severities'],
  const Compares extends true | undefined = undefined,
>(
  rule: Omit<Rule, 'severities' | 'compares' | 'evidence'> & {
    readonly severities: Severities;
    readonly compares?: Compares;
    readonly evidence: (
      situation: Compares extends true ? Compared : Situation,
    ) => readonly Evidence<keyof Severities & Severity>[];
  },
): Rule {
  return rule;
}
