import { isObject } from '../../core/base/members';

/** `value` with every text and every object in it replaced by what `change` makes of it, the innermost first. */
export function mapped(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (!isObject(value)) return typeof value === 'string' ? change(value) : value;
  return change(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(member, change)])));
}
