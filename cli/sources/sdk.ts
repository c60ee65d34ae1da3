import { memberOf, textOf } from '../../core/base/members';
import { devDependencies } from '../../package.json';
import { UsageError } from '../console';

/**
 * A client of the AWS SDK that only some commands need. A clone has it; the package leaves it to those who use such a
 * command.
 * @param what the command, or what was given to it, that asks for the client
 * @throws UsageError where it is not installed, with the command that installs it
 */
export async function sdk<Client>(
  name:
    | '@aws-sdk/client-cloudtrail'
    | '@aws-sdk/client-organizations'
    | '@aws-sdk/client-s3'
    | '@aws-sdk/client-sns'
    | '@aws-sdk/client-sqs',
  what: string,
  load: () => Promise<Client>,
): Promise<Client> {
  try {
    return await load();
  } catch (error) {
    const code = textOf(memberOf(error, 'code')) ?? '';
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(code)) throw error;
    throw new UsageError(
      `${what} needs the package ${name}, which is not installed; install it: npm install ${name}@${devDependencies[name]}`,
    );
  }
}
