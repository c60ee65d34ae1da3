import type { Command } from '../command';
import { withCommonOptions } from '../common-options';
import { accountsCommand } from './accounts';
import { backfillCommand } from './backfill';
import { checkCommand } from './check';
import { completionOf } from './completion';
import { explainCommand } from './explain';
import { helpOn } from './help';
import { historyCommand } from './history';
import { policyCommand } from './policy';
import { reportCommand } from './report';
import { rulesCommand } from './rules';
import { scanCommand } from './scan';
import { sendTestAlertCommand } from './send-test-alert';
import { verifyCommand } from './verify';

/** The commands of the command line, in the order in which they are told. */
export const COMMANDS: readonly Command[] = [
  withCommonOptions(scanCommand),
  withCommonOptions(reportCommand),
  withCommonOptions(historyCommand),
  withCommonOptions(explainCommand),
  withCommonOptions(policyCommand),
  withCommonOptions(rulesCommand),
  withCommonOptions(verifyCommand),
  withCommonOptions(accountsCommand),
  withCommonOptions(backfillCommand),
  withCommonOptions(checkCommand),
  withCommonOptions(sendTestAlertCommand),
  withCommonOptions(completionOf(() => COMMANDS)),
  withCommonOptions(helpOn(() => COMMANDS)),
];
