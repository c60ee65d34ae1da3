import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
import { faultsIn, isModelled, operationOfCommand, readCommand } from './commands-check/against-models';
import { parsedByAwsCli, type Parsed } from './commands-check/aws-cli';
import answers from '../test/fixtures/aws-answers.json';
import { awsCommandsOfPage, commandsInAlerts, commandsOfRules } from './commands-check/commands';

/** An operation that the model has and the AWS CLI takes for no choice of its own. */
function isNewer(text: string, fault: string): boolean {
  return fault.includes('NO SUCH OPERATION') && operationOfCommand(readCommand(text)) !== undefined;
}

runProgram(
  command({
    name: 'commands:check',
    summary:
      'Checks every AWS CLI command of the rules, the alerts and the runbook, and has the AWS CLI itself parse it.',
    description:
      'Nothing is called: those of the runbook show what was recorded. pip installs the newest AWS CLI 1 into a temporary folder; operations newer than that are checked\n' +
      'against the models in test/fixtures/models/ alone.',
    options: {},
    examples: [
      { args: '', gives: 'how many are right, and what is wrong with the others' },
      { args: '--help', gives: 'this text, and nothing is installed' },
    ],
    exitCodes: { 0: 'all are right', 1: 'one is not', 2: 'the AWS CLI could not be had, and no other fault was found' },
    run(_, { out, err }) {
      const commands = [...new Set([...commandsOfRules(), ...commandsInAlerts(), ...awsCommandsOfPage('runbook.md')])];
      const modelled = commands.filter((text) => isModelled(readCommand(text)));
      const faults = modelled.flatMap((text) => faultsIn(readCommand(text)).map((fault) => `${text}\n  ${fault}`));
      out(`${modelled.length} of ${commands.length} commands checked against the models of the API\n`);
      let parsed: Parsed | undefined;
      try {
        parsed = parsedByAwsCli(commands, answers);
      } catch (error) {
        err(`THE AWS CLI COULD NOT BE HAD: ${textOfError(error)}\n`);
      }
      if (parsed) {
        const saidOf = (text: string): string => parsed.faults.get(text) ?? 'was not parsed';
        const newer = commands.filter((text) => isNewer(text, saidOf(text)));
        out(`${commands.length - newer.length} commands parsed by AWS CLI ${parsed.version}\n`);
        for (const text of newer) out(`newer than that AWS CLI, so checked against the models alone: ${text}\n`);
        const refused = commands.filter((text) => saidOf(text) !== '' && !newer.includes(text));
        faults.push(...refused.map((text) => `${text}\n  ${saidOf(text)}`));
      }
      for (const fault of faults) err(`${fault}\n`);
      return Promise.resolve(faults.length > 0 ? 1 : parsed ? 0 : 2);
    },
  }),
);
