import { UsageError } from './console';
import { quoted } from './quoted';

const A_DAY = 24 * 3600_000;

/**
 * The time that an option gives: a day, a time of a day with its zone, or so many days before now, as `7d`.
 * @param end a day stands for its end rather than for its beginning
 * @throws UsageError for anything else
 */
export function readTime(name: string, text: string, now: Date, end: 'beginning' | 'end'): Date {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(now.getTime() - Number(days) * A_DAY);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = isDay || isTime ? new Date(isDay ? `${text}T00:00:00Z` : text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(
      `--${name} is ${quoted(text)}; allowed: 2026-11-20, 2026-11-20T14:00Z, or 7d for days before now`,
    );
  }
  return isDay && end === 'end' ? new Date(time.getTime() + A_DAY - 1) : time;
}
