import { readFileSync } from 'node:fs';
import { textOfError } from '../core/base/error-text';
import { isObject } from '../core/base/members';
import { readSettingsText } from '../core/settings-text';
import type { Environment } from './environment';

type Sources = Pick<Environment, 'settingsFile' | 'settingsText'>;

/**
 * What the settings file and the environment hold, not checked yet.
 * @throws Error where one of them cannot be read or holds no object
 */
export function readSettings({ settingsFile, settingsText }: Sources): Readonly<Record<string, unknown>> {
  return {
    ...(settingsFile !== undefined && settingsIn(`the settings file ${settingsFile}`, () => textIn(settingsFile))),
    ...(settingsText !== undefined && settingsIn('the text of the settings', () => settingsText)),
  };
}

function textIn(file: string): string {
  return readFileSync(file, 'utf8');
}

function settingsIn(name: string, text: () => string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = readSettingsText(text());
  } catch (cause) {
    throw new Error(`${name} cannot be read: ${textOfError(cause)}`, { cause });
  }
  if (!isObject(value)) throw new Error(`${name} must hold one JSON object`);
  return value;
}
