import { textOfError } from '../core/base/error-text';
import { faultsIn, isModelled, operationOfCommand, readCommand } from './commands-check/against-models';
import { parsedByAwsCli, type Parsed } from './commands-check/aws-cli';
import { commandsInAlerts, commandsOfRules } from './commands-check/commands';

/**
 * Has every AWS CLI command of docs/rules.md and of the alerts checked against the models of the API, and parsed by the
 * AWS CLI itself. Exit code 0 when all are right, 1 when one is not, 2 when the AWS CLI could not be had.
 */
function main(): number {
  const commands = [...new Set([...commandsOfRules(), ...commandsInAlerts()])];
  const faults = commands.flatMap((text) => {
    const command = readCommand(text);
    return isModelled(command) ? faultsIn(command).map((fault) => `${text}\n  ${fault}`) : [];
  });
  const modelled = commands.filter((text) => isModelled(readCommand(text)));
  console.log(`${modelled.length} of ${commands.length} commands checked against the models of the API`);

  let parsed: Parsed | undefined;
  try {
    parsed = parsedByAwsCli(commands);
  } catch (error) {
    console.error(`THE AWS CLI COULD NOT BE HAD: ${textOfError(error)}`);
  }
  if (parsed) {
    const newer = commands.filter((text) => isNewer(text, parsed.faults.get(text) ?? ''));
    const told = commands.filter((text) => parsed.faults.get(text) !== '' && !newer.includes(text));
    console.log(`${commands.length - newer.length} commands parsed by AWS CLI ${parsed.version}`);
    for (const text of newer) console.log(`newer than that AWS CLI, so checked against the models alone: ${text}`);
    faults.push(...told.map((text) => `${text}\n  ${parsed.faults.get(text) ?? 'was not parsed'}`));
  }
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return 1;
  return parsed ? 0 : 2;
}

/** An operation that the model has and the AWS CLI takes for no choice of its own. */
function isNewer(text: string, fault: string): boolean {
  return fault.includes('NO SUCH OPERATION') && operationOfCommand(readCommand(text)) !== undefined;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(textOfError(error));
  process.exitCode = 2;
}
