import { readFileSync } from 'node:fs';

/**
 * The highest the memory of this process was, in MB. `VmHWM` is of this program alone, where the maximum that
 * `resourceUsage` tells may be one of the process it was forked from.
 */
export function peakMemory(): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
