import { partitionOf } from '../base/arn';
import type { Call } from '../call';
import type { Finding } from '../findings';
import { isAccessPolicies } from './changes';
import { isPasteable, jsonArgument, showPolicy, updateOf } from './command';
import { asksToBeClosed } from './opening-rules';
import type { Restorable } from './restorable';
import type { Step } from './advice';

/**
 * The steps that close what a policy opens: the policy that held before where it is known and lets in less, else one that
 * lets in the own account alone; and what shows the policy that holds now.
 *
 * @param isRestored there is a command that sets back all that may be set back
 */
export function policySteps(
  finding: Finding,
  call: Call,
  restorable: Restorable,
  isRestored: boolean,
): readonly Step[] {
  const isClosed = isRestored && restorable.offered.some(({ path }) => isAccessPolicies(path));
  const closing = isClosed ? undefined : (previousPolicy(call, restorable) ?? ownAccountAlone(finding, call));
  const show: Step = { says: 'See which policy holds now:', command: showPolicy(call) };
  return closing ? [closing, show] : [show];
}

function previousPolicy(call: Call, restorable: Restorable): Step | undefined {
  const update = updateOf(call);
  const previous = restorable.offered.find(({ path }) => isAccessPolicies(path))?.before;
  if (update === undefined || typeof previous !== 'string') return undefined;
  const command = `${update} --access-policies ${policyArgument(previous)}`;
  return isPasteable(command) ? { says: 'Put back the policy that held before:', command } : undefined;
}

/** As an argument; no policy at all is the empty text. */
const policyArgument = (policy: string): string =>
  policy.trim() === '' ? "''" : jsonArgument(JSON.parse(policy) as unknown);

function ownAccountAlone(finding: Finding, call: Call): Step | undefined {
  const update = updateOf(call);
  if (!asksToBeClosed(finding)) return undefined;
  const policy = ownAccountPolicy(call);
  if (update === undefined || policy === undefined) {
    return { says: 'The domain cannot be named in a command: change its policy in the console.' };
  }
  return {
    says: 'Until the right policy is known, let in the own account alone. All who do not sign with IAM are shut out, also users with passwords, and so are roles of the own account that no policy of IAM lets in:',
    command: `${update} --access-policies ${jsonArgument(JSON.parse(policy))}`,
  };
}

/** The policy that lets in the own account of the domain alone; `undefined` where that account is not known. */
export function ownAccountPolicy({ domain, region }: Call): string | undefined {
  const { name = '', accountId = '' } = domain ?? {};
  if (!/^\d{12}$/.test(accountId)) return undefined;
  const partition = partitionOf(region);
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: 'es:*',
        Resource: `arn:${partition}:es:${region}:${accountId}:domain/${name}/*`,
      },
    ],
  });
}
