import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root';

export const THREAT_MODEL = readFileSync(path.join(ROOT, 'docs', 'threat-model.md'), 'utf8');

/** The rows of the tables of a section of docs/threat-model.md: their cells. */
export function threatRows(heading: string): readonly (readonly string[])[] {
  const section = THREAT_MODEL.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\|(.+)\|$/gm)]
    .map(([, row = '']) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([first = '']) => !/^-+$/.test(first) && first !== 'act');
}
