import { matchesWildcard } from './iam-wildcard';

/** `arn:partition:service:region:account:resource`; accounts and regions may be empty. */
const ARN = /^arn:[a-z0-9-]+:([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/s;

/** Types of resources before their names: `function:logs`, `role/service/logs`. */
const TYPE = /^(function|alarm|stack|table|trail|key|alias|role|rule|event-source-mapping)[:/]/;

/**
 * The name in a name, an ARN or an address: `logs` in `arn:aws:lambda:eu-west-1:111122223333:function:logs:live` and in
 * `https://sqs.eu-west-1.amazonaws.com/111122223333/logs`; of a subscription, the topic's.
 */
export function resourceNameIn(text: string): string {
  const resource = ARN.exec(text)?.[4];
  if (resource === undefined) return (/^https?:/.test(text) ? text.split('/').at(-1) : undefined) ?? text;
  const type = TYPE.exec(resource);
  const parts = resource.slice(type?.[0].length ?? 0).split(/[:/]/);
  // Roles have paths before their names, rules that of their bus.
  const name = type?.[1] === 'role' || type?.[1] === 'rule' ? parts.at(-1) : parts[0];
  return name ?? resource;
}

/** Names of resources, or their ARNs, either with IAM's wildcards. An ARN holds in its account and region alone. */
export type WatchedNames = readonly string[];

/** Where a call was made. */
interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Whether `text`, which names or addresses a resource in any way, is about one of those that are watched. */
export function isAmong(names: WatchedNames, text: string, place: Place): boolean {
  const parts = new Set([text, resourceNameIn(text), ...text.split(/[:/]/)]);
  return names.some((name) => {
    const [, , region = '', account = ''] = ARN.exec(name) ?? [];
    const isThere = (account === '' || account === place.accountId) && (region === '' || region === place.region);
    const wanted = resourceNameIn(name);
    return isThere && [...parts].some((part) => matchesWildcard(wanted, part));
  });
}
