import { counted } from '../../core/base/counted';
import type { Looked } from '../look';

/** One line: `2 files scanned, 1 skipped as no log files (1 digest), 3 alerts, 1 not read`. */
export function tallyLine(
  { inputs, leftOut, thing }: Pick<Looked, 'inputs' | 'leftOut' | 'thing'>,
  alerts: number,
): string {
  const { read, skipped, unread } = inputs;
  const kinds = Object.entries(skipped).map(([kind, count]) => `${count} ${kind}`);
  const skippedFiles = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return [
    `${counted(read - skippedFiles, thing)} scanned`,
    ...(kinds.length > 0 ? [`${skippedFiles} skipped as no log files (${kinds.join(', ')})`] : []),
    ...(leftOut.length > 0
      ? [`${leftOut.length} left out by ${leftOut.length === 1 ? 'its name' : 'their names'}`]
      : []),
    counted(alerts, 'alert'),
    ...(unread.length > 0 ? [`${unread.length} not read`] : []),
  ].join(', ');
}
