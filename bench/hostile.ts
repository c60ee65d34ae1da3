import { execFileSync } from 'node:child_process';
import { bundled } from './children';
import type { Figure } from './figure';
import type { TrickCosts } from './hostile-child';
import { median } from './measure';

/** What one record may cost, in milliseconds of CPU. */
const TARGET = { atMost: 50 };

/**
 * The CPU that a record costs from its text to its alert, as a bundle, which is how the function is shipped: a loader of
 * TypeScript gives functions their names while they run, and is paid for that.
 */
export function hostileFigures(quick: boolean): Figure[] {
  const times = quick ? 4 : 8;
  const printed = execFileSync(process.execPath, [bundled('hostile-child'), String(times)], { encoding: 'utf8' });
  return (JSON.parse(printed) as TrickCosts).map(([what, costs]) => ({
    what,
    value: median(costs.slice(1)),
    unit: 'ms',
    target: TARGET,
  }));
}
