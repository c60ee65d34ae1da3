import type { Command } from '../command';
import { withCommonOptions } from '../common-options';

/** All commands, or the one that `name` names where it is the one that is mostly called: a scan begins without the others. */
export async function commandsFor(name: string | undefined): Promise<readonly Command[]> {
  if (name !== 'scan') return (await import('./all.js')).COMMANDS;
  const { scanCommand } = await import('./scan.js');
  return [withCommonOptions(scanCommand)];
}
