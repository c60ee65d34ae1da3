import { isSeverity, SEVERITIES, type Severity } from '../../core/base/severity';
import { ATTACK_VERSION, type Rule } from '../../core/rules';
import type { Console } from '../console';
import { colorsOn } from './colors';

/** The severities a rule can have, worst first. */
export const severitiesOf = ({ severities }: Rule): readonly Severity[] =>
  SEVERITIES.toReversed().filter((severity) => severities[severity] !== undefined && isSeverity(severity));

/** A line for each rule: its id, its severities, its title. */
export function rulesTable(rules: readonly Rule[], console: Console): string {
  const color = colorsOn(console);
  const levels = (rule: Rule): string => severitiesOf(rule).join(' ');
  const widths = [Math.max(...rules.map(({ id }) => id.length)), Math.max(...rules.map((rule) => levels(rule).length))];
  return rules
    .map((rule) => {
      const [worst = 'LOW'] = severitiesOf(rule);
      return `${rule.id.padEnd(widths[0] ?? 0)}  ${color(worst, levels(rule).padEnd(widths[1] ?? 0))}  ${rule.title}\n`;
    })
    .join('');
}

/** The rules as the catalogue has them. */
export function rulesJson(rules: readonly Rule[]): string {
  const list = rules.map(({ id, title, severities, why, remediation, attack, operations }) => ({
    id,
    title,
    severities,
    why,
    remediation,
    attack: {
      version: ATTACK_VERSION,
      techniques: attack.map((technique) => ({ id: technique.id, name: technique.name })),
    },
    operations: operations ?? 'every watched call',
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}
