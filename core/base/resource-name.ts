import { matchesWildcard } from './iam-wildcard';
import { once } from './once';

/** `arn:partition:service:region:account:resource`; accounts and regions may be empty. */
const ARN = /^arn:[a-z0-9-]+:([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/s;

/** Types of resources before their names: `function:logs`, `role/service/logs`. */
const TYPE = /^(function|alarm|stack|table|trail|key|alias|role|rule|event-source-mapping|event-bus|pipe|schedule)[:/]/;

/**
 * The name in a name, an ARN or an address: `logs` in `arn:aws:lambda:eu-west-1:111122223333:function:logs:live` and in
 * `https://sqs.eu-west-1.amazonaws.com/111122223333/logs`; of a subscription, the topic's.
 */
export function resourceNameIn(text: string): string {
  const resource = ARN.exec(text)?.[4];
  if (resource === undefined) return (/^https?:/.test(text) ? text.split('/').at(-1) : undefined) ?? text;
  const type = TYPE.exec(resource);
  const parts = resource.slice(type?.[0].length ?? 0).split(/[:/]/);
  // Roles have paths before their names, rules that of their bus, schedules that of their group.
  const name = /^(role|rule|schedule)$/.test(type?.[1] ?? '') ? parts.at(-1) : parts[0];
  return name ?? resource;
}

/**
 * Names of resources, or their ARNs, either with IAM's wildcards. An ARN holds in its account and region alone, and one with
 * wildcards of what is of its service: how names begin says nothing of what they name.
 */
export type WatchedNames = readonly string[];

/** The names in a text with spaces between them, as a stack tells its function: `Logs-{A,B}-*` is two names. */
export function watchedNamesIn(text: string): WatchedNames {
  const names = text.split(/\s+/).filter((name) => name !== '');
  return names.flatMap((name) => {
    const [, before = '', list, after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(name) ?? [];
    return list === undefined ? [name] : list.split(',').map((part) => before + part + after);
  });
}

/** Where a call was made. */
interface Place {
  readonly eventSource: string;
  readonly accountId: string;
  readonly region: string;
}

/** The service of what a call names, as ARNs call it. */
const serviceOf = (text: string, { eventSource }: Place): string =>
  ARN.exec(text)?.[1] ?? eventSource.replace(/^monitoring\./, 'cloudwatch.').replace(/\..*$/s, '');

/** All that may be the name in a text, which may be half an ARN: `111122223333:function:logs:live`. */
function namesIn(text: string): readonly string[] {
  const isWhole = ARN.test(text) || /^https?:/.test(text);
  return [...new Set([text, resourceNameIn(text), ...(isWhole ? [] : text.split(/[:/]/))])];
}

/** What a watched name says; what it does not say is the empty text. */
interface Watched {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The service that what it names is of, where the name does not tell it. */
  readonly service: string;
}

const watchedIn = once((names: WatchedNames): readonly Watched[] =>
  names.map((text) => {
    const [, service = '', region = '', account = ''] = ARN.exec(text) ?? [];
    return { name: resourceNameIn(text), account, region, service: text.includes('*') ? service : '' };
  }),
);

/** Whether `text`, which names or addresses a resource in any way, is about one of those that are watched. */
export function isAmong(names: WatchedNames, text: string, place: Place): boolean {
  const parts = namesIn(text);
  return watchedIn(names).some(({ name, account, region, service }) => {
    const isOfKind = service === '' || service === serviceOf(text, place);
    const isThere = (account === '' || account === place.accountId) && (region === '' || region === place.region);
    return isOfKind && isThere && parts.some((part) => matchesWildcard(name, part));
  });
}
