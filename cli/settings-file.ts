import { readFile } from 'node:fs/promises';
import type { WatchedNames } from '../core/base/resource-name';
import { textOfError } from '../core/base/error-text';
import { plain } from '../core/base/plain-text';
import type { Criteria, Settings } from '../core/settings';
import { UsageError } from './console';
import type { Text } from './options';
import { quoted } from './quoted';

/** The option of every command that judges. */
export const SETTINGS_OPTION = {
  type: 'text',
  value: 'FILE',
  aliases: ['config'],
  description: "a JSON file with what to watch and whom to trust, as the stack's props name it",
} as const satisfies Text;

/** What makes and checks settings knows every call and every rule: it is loaded where there is something to judge. */
const inSettings = () => import('../core/settings/index.js');

/**
 * What to judge with by the settings file at `path`; without one, by the defaults.
 * @param watched what the monitor stands on. @default - trails alone are watched
 * @throws UsageError for a file that cannot be read, and for settings the stack would refuse: all of them at once
 */
export async function criteriaIn(path: string | undefined, watched: WatchedNames = []): Promise<Criteria> {
  const { toCriteria } = await inSettings();
  if (path === undefined) return toCriteria({}, watched);
  const settings = await readSettingsFile(path);
  const problems = await problemsOf(settings, path);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return toCriteria(settings as Settings, watched);
}

/**
 * Everything that is wrong with the settings in the file at `path`, a line each, which begins with the file.
 * @throws UsageError for a file that cannot be read
 */
export async function problemsInSettingsFile(path: string): Promise<readonly string[]> {
  return problemsOf(await readSettingsFile(path), path);
}

async function problemsOf(settings: unknown, path: string): Promise<readonly string[]> {
  const { problemsIn } = await inSettings();
  const problems = problemsIn(settings, new Date().toISOString().slice(0, 10));
  return problems.map((problem) => plain(`${path}: ${problem}`, MOST_OF_A_PROBLEM));
}

const MOST_OF_A_PROBLEM = 2000;

async function readSettingsFile(path: string): Promise<unknown> {
  try {
    const { readSettingsText } = await import('../core/settings-text/index.js');
    const { inPlainUtf8 } = await import('../core/export/index.js');
    return readSettingsText(inPlainUtf8(await readFile(path)).toString('utf8'));
  } catch (error) {
    throw new UsageError(`--settings ${quoted(path)} cannot be read: ${plain(textOfError(error), MOST_OF_A_PROBLEM)}`);
  }
}
