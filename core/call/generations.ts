import { isObject } from '../base/members';

/*
 * The 2021 API renamed operations (catalogue.ts) and two members of a domain's configuration. Everything behind this room
 * knows the current names only.
 */

/** Members of requests and answers that the 2021 API renamed, in lower case, with their current names. */
const RENAMED_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['elasticsearchclusterconfig', 'clusterConfig'],
  ['elasticsearchversion', 'engineVersion'],
]);

/** The other way round, in lower case. */
const LEGACY_NAMES: ReadonlyMap<string, string> = new Map(
  [...RENAMED_MEMBERS].map(([legacy, current]) => [current.toLowerCase(), legacy]),
);

/**
 * The members of a request, of a `domainStatus` or of a `domainConfig` under their current names, in their order. Where
 * both names are there, that of the API generation which was called counts: the service reads no other.
 */
export function underCurrentNames(value: unknown, isLegacyCall: boolean): unknown {
  if (!isObject(value)) return value;
  const present = new Set(Object.keys(value).map((name) => name.toLowerCase()));
  if (![...RENAMED_MEMBERS.keys()].some((legacy) => present.has(legacy))) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const lower = name.toLowerCase();
      const current = RENAMED_MEMBERS.get(lower);
      if (current !== undefined) return present.has(current.toLowerCase()) && !isLegacyCall ? [] : [[current, member]];
      return isLegacyCall && present.has(LEGACY_NAMES.get(lower) ?? '') ? [] : [[name, member]];
    }),
  );
}

/** The same for an answer, whose configuration is one level down. */
export function answerUnderCurrentNames(response: unknown, isLegacyCall: boolean): unknown {
  if (!isObject(response)) return response;
  const hasConfiguration = Object.keys(response).some(isConfiguration);
  if (!hasConfiguration) return response;
  return Object.fromEntries(
    Object.entries(response).map(([name, member]) => [
      name,
      isConfiguration(name) ? underCurrentNames(member, isLegacyCall) : member,
    ]),
  );
}

const isConfiguration = (name: string): boolean => /^domain(status|config)$/i.test(name);
