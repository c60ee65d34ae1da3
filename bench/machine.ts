import { availableParallelism, cpus } from 'node:os';

/** What the figures were taken on. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${model}, ${availableParallelism()} cores, ${process.platform} ${process.arch}, Node ${process.version}`;
}
