import { readFileSync } from 'node:fs';
import { textOfError } from '../../core/base/error-text';
import { isObject } from '../../core/base/members';
import { SETTINGS_MEMBERS, unknownSetting } from '../../core/settings';
import { readSettingsText } from '../../core/settings-text';
import { refuse } from '../configuration-error';
import type { SettingsProps } from '../settings';
import type { Read } from './values';

/**
 * The settings in the JSON file at `path`, to be props: `{ ...settingsFrom('monitor.json'), subscribers }`. The command line
 * scans with the same file. Comments and trailing commas are taken. What is wrong with the values is the monitor's to find.
 * @throws ConfigurationError for a file that cannot be read, and for names in it that are no settings
 */
export function settingsFrom(path: string): SettingsProps {
  const { value, problems } = readSettingsFile(path);
  refuse(problems);
  return value;
}

/** The settings in the JSON file at `path`, without the names in it that are none. */
export function readSettingsFile(path: string): Read<SettingsProps> {
  const { value, problems } = readJson(path);
  if (problems.length > 0) return { value: {}, problems };
  if (!isObject(value)) return { value: {}, problems: [`${path} must hold one JSON object`] };
  const isSetting = (name: string): boolean => SETTINGS_MEMBERS.some((member) => member === name);
  return {
    value: Object.fromEntries(Object.entries(value).filter(([name]) => isSetting(name))),
    problems: Object.keys(value)
      .filter((name) => !isSetting(name))
      .map((name) => unknownSetting(name, SETTINGS_MEMBERS)),
  };
}

function readJson(path: string): Read<unknown> {
  try {
    return { value: readSettingsText(readFileSync(path, 'utf8')), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [`${path} cannot be read: ${textOfError(error)}`] };
  }
}
