import type { Call } from '../call';
import type { Change } from '../domain';
import type { Finding } from '../findings';
import type { Remediation } from '../rules';
import { attemptOf } from './attempt';
import { filledIn, lookUpCaller, toStep } from './command';
import { policySteps } from './containment';
import { givesJson, isOptionSetBack, jsonSteps } from './json-option';
import type { Restorable } from './restorable';

/** What to do about a finding. */
export interface Advice {
  /** A sentence or two. */
  readonly text: string;
  readonly steps: readonly Step[];
}

/** One thing to do: what it is, where the advice does not say it, and the command that does it, where there is one. */
export interface Step {
  /** A sentence, or one that ends in a colon before the command. */
  readonly says?: string;
  readonly command?: string;
}

/** What is known around a call that advice rests on. */
export interface Circumstances {
  readonly change?: Change | undefined;
  readonly restorable: Restorable;
  /** Sets back what the call changed, all that may be set back. */
  readonly restore?: Step | undefined;
}

/** After a call that did not succeed there is nothing to undo, and a caller to ask. */
const AFTER_ATTEMPT = {
  'attempted, denied':
    'Nothing was changed. Find out why the call was made: one that nobody planned may be somebody trying what stolen credentials can do.',
  'attempted, failed':
    'The service refused the call. Find out why it was made, and whether it was made again and succeeded.',
} as const;

/** What to do now about one finding. */
export function adviceOn(finding: Finding, call: Call, circumstances: Circumstances): Advice {
  const attempt = attemptOf(call);
  if (attempt !== undefined) {
    const command = lookUpCaller(call);
    return { text: AFTER_ATTEMPT[attempt], steps: command ? [{ says: 'See what else the caller did:', command }] : [] };
  }
  const { remediation } = finding.rule;
  const template = commandAfter(call, remediation);
  const steps = template === undefined ? [] : stepsOf(finding, template, call, circumstances);
  return { text: remediation.text, steps };
}

function commandAfter({ judgedAs, eventName }: Call, { command, commands = {} }: Remediation): string | undefined {
  const name = judgedAs ?? eventName;
  // A name that nobody knows is a stranger's.
  return Object.hasOwn(commands, name) ? commands[name as keyof typeof commands] : command;
}

/** A command about the access policy of a domain. */
const OF_POLICY = / --access-policies '|DomainConfig\.AccessPolicies\b/;

function stepsOf(finding: Finding, template: string, call: Call, circumstances: Circumstances): readonly Step[] {
  const { restorable, restore, change } = circumstances;
  const isRestored = restore?.command !== undefined;
  if (OF_POLICY.test(template)) return policySteps(finding, call, restorable, isRestored);
  if (givesJson(template)) return jsonSteps(template, call, restorable, isRestored, change);
  if (isRestored && isOptionSetBack(template, restorable)) return [];
  return [toStep(filledIn(template, call))];
}
