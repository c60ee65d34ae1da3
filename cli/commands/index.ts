import type { Command } from '../command';
import { withCommonOptions } from '../common-options';

/** All commands, or those that `name` needs where it is what is mostly called: a scan begins without the others. */
export async function commandsFor(name: string | undefined): Promise<readonly Command[]> {
  if (name === '--version') return [];
  if (name !== 'scan') return (await import('./all.js')).COMMANDS;
  const { scanCommand } = await import('./scan.js');
  return [withCommonOptions(scanCommand)];
}
