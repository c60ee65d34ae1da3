import type { Command } from '../command';
import { helpOn } from './help';
import { scanCommand } from './scan';
import { sendTestAlertCommand } from './send-test-alert';

/** The commands of the command line, in the order in which they are told. */
export const COMMANDS: readonly Command[] = [scanCommand, sendTestAlertCommand, helpOn(() => COMMANDS)];
