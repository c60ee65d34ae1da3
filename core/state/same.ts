import { isObject } from '../base/members';

/**
 * Whether two values say the same to AWS, which gives lists of one as their item, lists and members in any order, and numbers and
 * flags as text.
 */
export function same(one: unknown, other: unknown): boolean {
  return normal(one) === normal(other);
}

function normal(value: unknown): string {
  if (Array.isArray(value)) {
    const items = [...new Set(value.map(normal))].sort();
    return items.length === 1 ? (items[0] ?? '') : `[${items.join()}]`;
  }
  if (!isObject(value)) return JSON.stringify(String(value));
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${normal(name === 'Principal' ? everyone(member) : member)}`);
  return `{${members.sort().join()}}`;
}

/** In a policy without conditions on it, both forms of everyone are one. */
function everyone(principal: unknown): unknown {
  return principal === '*' ? { AWS: '*' } : principal;
}
