import { readFileSync } from 'node:fs';
import { isObject, memberOf } from '../../core/base/members';
import { didYouMean } from '../../core/base/nearest';
import { readSettingsText, SETTINGS_MEMBERS } from '../../core/settings';
import type { SettingsProps } from '../settings';
import type { Read } from './values';

/** The settings in the JSON file at `path`; none without a path. What is wrong with their values is not looked for. */
export function readSettingsFile(path: string | undefined): Read<SettingsProps> {
  if (path === undefined) return { value: {}, problems: [] };
  const { value, problems } = readJson(path);
  if (problems.length > 0) return { value: {}, problems };
  if (!isObject(value)) return { value: {}, problems: [`${path} must hold one JSON object`] };
  return {
    value,
    problems: Object.keys(value)
      .filter((name) => !SETTINGS_MEMBERS.some((member) => member === name))
      .map((name) => `${path}: '${name}' is no setting${didYouMean(name, SETTINGS_MEMBERS)}`),
  };
}

function readJson(path: string): Read<unknown> {
  try {
    return { value: readSettingsText(readFileSync(path, 'utf8')), problems: [] };
  } catch (error) {
    const why = String(memberOf(error, 'message') ?? error);
    return { value: undefined, problems: [`context key 'config': ${path} cannot be read: ${why}`] };
  }
}
