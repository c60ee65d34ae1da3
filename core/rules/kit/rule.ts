import type { Call, Operation } from '../../call';
import type { Configuration, Posture } from '../../domain';
import type { Severity } from '../../base/severity';
import type { Trust } from '../../base/trust';
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
  /** What the rule objects to in this situation; nothing is no match. Pure, and total on any call of its operations. */
  readonly evidence: (situation: Situation) => readonly Evidence[];
}

export interface Remediation {
  /** What to do next, in a sentence or two. */
  readonly text: string;
  /** An AWS CLI call with `{domain}`, `{region}`, `{account}` and `{source}`, a data source, standing for those of the call. */
  readonly command?: string;
  /** Commands that take its place for some of the operations. @default - `command` for all */
  readonly commands?: Partial<Readonly<Record<Operation, string>>>;
}

/** A configuration call with what is known around it: all that a rule may look at. */
export interface Situation {
  readonly call: Call;
  readonly posture: Posture;
  readonly trust: Trust;
  /** What the domain's configuration was before the call. @default - not known */
  readonly before?: Configuration;
}

export interface Evidence {
  /** Before the outcome and the caller move it. One of the rule's `severities`. */
  readonly severity: Severity;
  /** What was seen, as a clause without a capital or a full stop. Quotes text written by strangers. */
  readonly says: string;
}
