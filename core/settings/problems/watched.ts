import { accessOf, EVENT_NAMES, JUDGED_UNKNOWN, operationOf, type Operation } from '../../call';
import { isObject } from '../../base/members';
import { RULES } from '../../rules';

/** What a configuration watches, for settings that have to do with watched calls only. */
export interface Watched {
  readonly watches: (operation: Operation) => boolean;
  /** Watch patterns see calls that nobody else watches. */
  readonly hasPatterns: boolean;
}

/** Nothing counts as unwatched where `watchedEvents` is wrong itself, which is told once. */
export function watchedIn(config: Readonly<Record<string, unknown>>): Watched {
  const { watchedEvents: names, watchPatterns: patterns } = config;
  const hasPatterns = Array.isArray(patterns) && patterns.some(isObject);
  if (names === undefined) return { watches: (operation) => accessOf(operation) === 'change', hasPatterns };
  const items: readonly unknown[] = Array.isArray(names) ? names : [];
  const operations = items.map((name) => (typeof name === 'string' ? operationOf(name) : undefined));
  const isWrong = operations.length === 0 || operations.includes(undefined);
  return { watches: (operation) => isWrong || operations.includes(operation), hasPatterns };
}

/** The names that an operation has in either generation of the API. */
export function namesOf(operation: Operation): readonly string[] {
  return EVENT_NAMES.filter((name) => operationOf(name) === operation);
}

/** The operations that a rule of the catalogue may speak of; `undefined` for every one of them. */
export function operationsOfRule(id: string): readonly Operation[] | undefined {
  // It speaks of the calls of which no name is known, and settings can name none of those.
  if (id === 'unrecognised-call') return [];
  return RULES.find((rule) => rule.id === id)?.operations;
}

/** The calls a rule speaks of, as a text, where the configuration watches none of them. */
export function unwatchedCallsOf(id: string, { watches }: Watched): string | undefined {
  const operations = operationsOfRule(id);
  if (!operations || operations.length === 0 || operations.some(watches)) return undefined;
  // Calls that no catalogue knows are always watched, and some are judged as one that is known.
  if (operations.some((operation) => JUDGED_UNKNOWN.includes(operation))) return undefined;
  return listed(operations);
}

/** The first of them, where there are many. */
export function listed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
