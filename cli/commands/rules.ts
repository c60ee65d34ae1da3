import { CONFIGURATION_CALL, RULES } from '../../core/rules';
import { command } from '../command';
import { rulesJson, rulesTable } from '../render/rules-list';
import { sigmaRules } from '../render/sigma';

const RENDERERS = { table: rulesTable, json: rulesJson, sigma: sigmaRules };

const FORMAT_NAMES = ['table', 'json', 'sigma'] as const satisfies readonly (keyof typeof RENDERERS)[];

/** `rules`: what the monitor objects to. */
export const rulesCommand = command({
  name: 'rules',
  summary: 'Lists what the monitor objects to, by severity.',
  options: {
    format: {
      type: 'choice',
      value: FORMAT_NAMES.join('|'),
      allowed: FORMAT_NAMES,
      default: 'table',
      description: 'for people, for machines, or as Sigma rules, which match the calls that a rule looks at',
    },
  },
  examples: [
    { args: '', gives: 'ids, severities and titles' },
    { args: '--format sigma', gives: 'YAML documents for a SIEM that is fed with CloudTrail' },
  ],
  exitCodes: { 0: 'listed' },

  async run({ options }, console) {
    console.out(RENDERERS[options.format]([...RULES, CONFIGURATION_CALL], console));
    return 0;
  },
});
