import type { Tally } from '../scan-paths';

/** One line: `2 files scanned, 1 skipped as no log files (1 digest), 3 alerts, 1 not read`. */
export function tallyLine({ read, skipped, failed, alerts }: Tally): string {
  const kinds = [...skipped].map(([kind, count]) => `${count} ${kind}`);
  const skippedFiles = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  return [
    `${counted(read - skippedFiles, 'file')} scanned`,
    ...(kinds.length > 0 ? [`${skippedFiles} skipped as no log files (${kinds.join(', ')})`] : []),
    counted(alerts, 'alert'),
    ...(failed > 0 ? [`${failed} not read`] : []),
  ].join(', ');
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
