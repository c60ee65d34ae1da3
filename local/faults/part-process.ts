import { textOfError } from '../../core/base/error-text';
import type { PartEnd } from './apart';
import { runHostileBatches } from './hostile-batch';
import { runOnThisMachine } from './on-this-machine';

/** What is run in a process of its own, which tells its parent what came of it and ends when its parent does. */
export const PARTS = {
  machine: (seed: number, files: number) => runOnThisMachine(seed, files),
  batch: () => runHostileBatches(),
};

async function run([name, ...given]: [keyof typeof PARTS, number, number]): Promise<PartEnd> {
  try {
    return { result: await PARTS[name](...given) };
  } catch (error) {
    return { error: textOfError(error) };
  }
}

process.on('disconnect', () => process.exit());
void run(JSON.parse(process.argv[2] ?? '') as Parameters<typeof run>[0]).then((end) =>
  process.send?.(end, undefined, undefined, () => process.disconnect()),
);
