import { flagOf } from '../base/members';
import { firstOf, plain } from '../base/plain-text';
import type { Call } from '../call';
import type { Change, Difference } from '../domain';
import type { Step } from './advice';
import { isAccessPolicies, settingAt } from './changes';
import { isPasteable, isSafe, jsonArgument } from './command';
import { whyLasting, type Restorable } from './restorable';
import { newTree, setAt } from './tree';

/** The step that gives every setting that may be set back the value it had, `undefined` where nothing is to be said of it. */
export function restoreStep(call: Call, change: Change, restorable: Restorable): Step | undefined {
  const { offered, worse, unknown, lasting } = restorable;
  const command = restoreCommand(call, change, offered);
  if (command !== undefined) {
    const but = [
      ...lasting.map((difference) => `${namesOf([difference])}, ${whyLasting(difference) ?? ''}`),
      ...(worse.length > 0 ? [`${namesOf(worse)}, whose earlier value was worse`] : []),
      ...(unknown.length > 0 ? [`${namesOf(unknown)}, whose earlier value is not known`] : []),
    ];
    const shutOut = offered.flatMap((difference) => shutsOut(difference) ?? []);
    return {
      says: [
        `To set back what the call changed${but.length > 0 ? `, but for ${but.join(', and ')}` : ''}`,
        shutOut.length > 0 ? `; it shuts out ${shutOut.join(' and ')}:` : ':',
      ].join(''),
      command,
    };
  }
  if (offered.length > 0 || worse.length === 0) return undefined;
  return { says: `No command sets this back: what held before of ${namesOf(worse)} was worse.` };
}

/** Who gets in by the value that the call set and not by the one that held before. */
function shutsOut({ path, after }: Difference): string | undefined {
  if (flagOf(after) !== true) return undefined;
  return SHUT_OUT.get(settingAt(path));
}

const SHUT_OUT: ReadonlyMap<string, string> = new Map([
  ['advancedsecurityoptions.anonymousauthenabled', 'clients that do not sign in'],
  ['advancedsecurityoptions.internaluserdatabaseenabled', 'everyone who signs in with a password'],
]);

const namesOf = (differences: readonly Difference[]): string =>
  firstOf(differences.map(({ path }) => (isAccessPolicies(path) ? 'the access policy' : plain(path.join('.'), 80))));

/** The AWS CLI call that gives the settings the values they had, `undefined` where it cannot be named or would be too long. */
export function restoreCommand(call: Call, change: Change, offered: readonly Difference[]): string | undefined {
  const { name } = call.domain ?? {};
  if (offered.length === 0 || !isSafe(name) || !isSafe(call.region)) return undefined;
  const input = Object.assign(newTree(), { DomainName: name });
  for (const { path, before } of offered.flatMap((difference) => [...besideOf(difference, change), difference])) {
    setAt(input, toApiPath(path), before);
  }
  const command = `aws opensearch update-domain-config --region ${call.region} --cli-input-json ${jsonArgument(input)}`;
  return isPasteable(command) ? command : undefined;
}

/** Blocks the service wants whole: a log type with its log group, Cognito with its pools and role. */
const WHOLE: readonly string[] = ['logpublishingoptions', 'cognitooptions'];

/** What held beside a setting of such a block, and the call did not change. */
function besideOf({ path }: Difference, { before, differences }: Change): readonly Difference[] {
  if (!WHOLE.includes(path[0]?.toLowerCase() ?? '')) return [];
  const parent = path.slice(0, -1);
  return Object.entries(before)
    .filter(([, held]) => isSamePath(held.path.slice(0, -1), parent))
    .filter(([key]) => !differences.some((difference) => difference.key === key))
    .map(([key, held]) => ({ key, path: [...parent, held.path.at(-1) ?? ''], before: held.value, after: held.value }));
}

const isSamePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, at) => name.toLowerCase() === b[at]?.toLowerCase());

/** CloudTrail lowers the first letter of the API's names; the keys of `advancedOptions` are the user's own. */
function toApiPath(path: readonly string[]): readonly string[] {
  const isVerbatim = path[0]?.toLowerCase() === 'advancedoptions';
  return path.map((name, at) => (isVerbatim && at > 0 ? name : inApiSpelling(name)));
}

const inApiSpelling = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
