import { readFile, writeFile } from 'node:fs/promises';
import { counted } from '../../core/base/counted';
import { textOfError } from '../../core/base/error-text';
import { isObject, memberOf, textOf } from '../../core/base/members';
import { firstOf, plain } from '../../core/base/plain-text';
import { problemsIn, type Settings } from '../../core/settings';
import { readSettingsText, toSettingsText, withSetting } from '../../core/settings-text';
import { command } from '../command';
import { note, UsageError, type Console } from '../console';
import { mergedWith, type Merged } from '../organization-accounts';
import { progressOn } from '../progress';
import { quoted } from '../quoted';
import { awsOrganizations, readOrganization, type Connect } from '../sources/organization';

/** `accounts`: the accounts of an organization, written into a settings file. */
export const accountsWith = (connect: Connect) =>
  command({
    name: 'accounts',
    summary: 'Writes the names, tags and organizational units of the accounts of an organization into a settings file.',
    description:
      'Asks AWS Organizations, as the management account or a delegated administrator may: DescribeOrganization, ListRoots, ListOrganizationalUnitsForParent, ListAccountsForParent and ListTagsForResource. The deployed function needs none of these. What was written by hand is kept: owners, subscribers, severities, comments outside of the accounts, and accounts that are not in the organization.',
    options: {
      out: {
        type: 'text',
        value: 'FILE',
        description: 'the settings file to write into, such as monitor.json; without it the accounts are printed',
      },
      'owner-tag': {
        type: 'text',
        value: 'KEY',
        description: 'the tag of accounts that names their owner, where the file names none',
      },
      profile: { type: 'text', value: 'NAME', description: 'whose credentials to ask with' },
    },
    examples: [
      {
        args: '--out monitor.json',
        gives: 'the file with all accounts in it; read the difference before you deploy it',
      },
      { args: '--profile management --owner-tag team', gives: 'what would be written, with the tag team as the owner' },
    ],
    exitCodes: { 0: 'all was read', 2: 'the organization, its tags or the file could not be read or written' },

    async run({ options }, console) {
      const text = options.out === undefined ? undefined : await textIn(options.out);
      const settings = text === undefined ? {} : settingsIn(text, options.out);
      const progress = progressOn(console, 'accounts');
      const organization = await readOrganization(connect, options.profile, progress.show).finally(progress.clear);
      const merged = mergedWith(settings, organization, options['owner-tag']);
      refuseProblems({ ...settings, accounts: merged.accounts });
      if (options.out === undefined) console.out(toSettingsText({ accounts: merged.accounts }));
      else {
        const written =
          text === undefined
            ? toSettingsText({ accounts: merged.accounts })
            : withSetting(text, 'accounts', merged.accounts);
        if (written !== text) await writeFile(options.out, written);
      }
      tellWhat(merged, console);
      if (organization.withoutTags === undefined) return 0;
      console.err(
        `tags could not be read, and those in the file are kept: allow organizations:ListTagsForResource (${plain(textOfError(organization.withoutTags), 300)})\n`,
      );
      return 2;
    },
  });

export const accountsCommand = accountsWith(awsOrganizations);

/** The text of the file, `undefined` where there is none yet. */
async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (textOf(memberOf(error, 'code')) === 'ENOENT') return undefined;
    throw new UsageError(`--out ${quoted(path)} cannot be read: ${plain(textOfError(error), 300)}`);
  }
}

function settingsIn(text: string, path = ''): Settings {
  try {
    const settings = readSettingsText(text);
    if (isObject(settings)) return settings;
    throw new Error('it holds no object');
  } catch (error) {
    throw new UsageError(`--out ${quoted(path)} cannot be read: ${plain(textOfError(error), 300)}`);
  }
}

/** What is wrong with other settings is no matter of the accounts. */
function refuseProblems({ accounts, domains }: Settings): void {
  const problems = problemsIn({ accounts, ...(domains && { domains }) }, '');
  if (problems.length > 0) {
    throw new UsageError(
      `nothing was written: ${firstOf(
        problems.map((problem) => plain(problem, 300)),
        '; ',
        300,
      )}`,
    );
  }
}

function tellWhat({ accounts, added, changed, gone, misnamed }: Merged, console: Console): void {
  const all = Object.keys(accounts).length;
  note(
    console,
    `${counted(all, 'account')}: ${added.length} new, ${changed.length} changed, ${all - added.length - changed.length - gone.length} as before`,
  );
  if (gone.length > 0) note(console, `kept, though no active account of the organization: ${firstOf(gone)}`);
  if (misnamed.length > 0)
    note(console, `without an owner, as their tag is no name that one may have: ${firstOf(misnamed)}`);
  const owned = Object.values(accounts).filter(({ owner }) => owner !== undefined).length;
  if (owned < all)
    note(
      console,
      `${counted(all - owned, 'account')} without an owner: alerts about them go to the subscribers of the stack`,
    );
}
