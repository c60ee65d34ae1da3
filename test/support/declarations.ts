import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOfError } from '../../core/base/error-text';
import { judgeDeclared, type JudgedResource } from '../../core/deployment';
import type { Declared } from '../../core/declared';
import { toCriteria } from '../../core/settings';
import { declaredInPlan, isPlan } from '../../core/terraform';
import { declaredInChangeSet, declaredInTemplate, isChangeSet, isTemplate, parseDocument } from '../../core/template';
import { ROOT } from './root';

/** Templates and plans, and in `expected.json` what is to be said of each. */
export const DECLARATIONS = join(ROOT, 'test', 'fixtures', 'declarations');

export const DECLARATION_NAMES: readonly string[] = readdirSync(DECLARATIONS).filter(
  (name) => name !== 'expected.json',
);

export const declarationText = (name: string): string => readFileSync(join(DECLARATIONS, name), 'utf8');

/** The findings of each resource by its address, as `HIGH rule`, with `?` behind those in doubt; or what is wrong with the file. */
export type Verdict = Readonly<Record<string, readonly string[]>> | string;

export const expectedVerdicts = (): Readonly<Record<string, Verdict>> =>
  JSON.parse(declarationText('expected.json')) as Readonly<Record<string, Verdict>>;

export const NOW = '2026-11-29T00:00:00Z';

/** What is declared in a document, whatever its language. */
export function declaredIn(value: unknown): readonly Declared[] {
  if (isChangeSet(value)) return declaredInChangeSet(value, {});
  if (isPlan(value)) return declaredInPlan(value, {});
  if (isTemplate(value)) return declaredInTemplate(value, {});
  throw new Error('declares nothing that is known here');
}

/** @throws Error for a file that cannot be read */
export const judgedIn = (name: string): readonly JudgedResource[] =>
  declaredIn(parseDocument(declarationText(name)).value).map((each) => judgeDeclared(each, toCriteria(), NOW));

export function verdictOn(name: string): Verdict {
  try {
    const judged = judgedIn(name);
    const verdict = new Map<string, readonly string[]>();
    // A resource that is replaced is declared twice.
    for (const each of judged) {
      const { address } = each.declared;
      verdict.set(address, [...(verdict.get(address) ?? []), ...shortOf(each)]);
    }
    return Object.fromEntries(verdict);
  } catch (error) {
    return textOfError(error);
  }
}

export const shortOf = ({ findings, isCut }: JudgedResource): readonly string[] => [
  ...findings.map(({ severity, rule, doubt }) => `${severity} ${rule.id}${doubt === undefined ? '' : ' ?'}`),
  ...(isCut ? ['not tried in all'] : []),
];
