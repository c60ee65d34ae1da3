import { createHash } from 'node:crypto';
import { EVENT_SOURCE } from '../../core/base/event-source';
import { SEVERITIES } from '../../core/base/severity';
import { EVENT_NAMES, operationOf } from '../../core/call';
import type { Rule } from '../../core/rules';

/**
 * The rules as Sigma rules (specification 2.0), a YAML document each. A Sigma rule sees members of a record and not what a
 * policy amounts to: it matches every call its rule looks at, so its level is the mildest that the rule can have.
 */
export const sigmaRules = (rules: readonly Rule[]): string =>
  rules.map((rule) => `---\n${lines(sigmaRule(rule))}`).join('');

/** What a YAML document is made of. */
type Node = string | readonly string[] | { readonly [name: string]: Node };

function sigmaRule(rule: Rule): Readonly<Record<string, Node>> {
  const { id, title, why, operations, attack, severities } = rule;
  const mildest = SEVERITIES.find((severity) => severities[severity] !== undefined) ?? 'LOW';
  const isExact = Object.values(severities).every((when) => when === 'always');
  const note = isExact ? '' : ' Matches every call that may do so; the monitor judges which of them does.';
  return {
    title,
    id: uuidOf(id),
    name: id.replaceAll('-', '_'),
    status: 'test',
    description: `${why}${note}`,
    author: 'es-config-monitor',
    tags: attack.map((technique) => `attack.${technique.id.toLowerCase()}`),
    logsource: { product: 'aws', service: 'cloudtrail' },
    detection: operations ? namedCalls(operations) : CHANGES,
    falsepositives: ['Changes that were planned'],
    level: mildest.toLowerCase(),
  };
}

/** The operations by the names of both generations of the API. */
function namedCalls(operations: NonNullable<Rule['operations']>): Node {
  const names = EVENT_NAMES.filter((name) => operations.some((operation) => operation === operationOf(name)));
  return { selection: { eventSource: EVENT_SOURCE, eventName: names }, condition: 'selection' };
}

/** Every call that is not a read by its name. */
const CHANGES: Node = {
  selection: { eventSource: EVENT_SOURCE },
  reads: { 'eventName|startswith': ['Describe', 'Get', 'List'] },
  condition: 'selection and not reads',
};

/** The same for a rule as long as it keeps its id, in the form of a UUID that was made from a name. */
function uuidOf(id: string): string {
  const digest = createHash('sha256').update(`es-config-monitor rule ${id}`).digest('hex');
  const variant = '89ab'[Number.parseInt(digest.charAt(16), 16) % 4] ?? '8';
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

/** YAML, each text in JSON's quotation marks, which YAML has as well. */
function lines(node: Readonly<Record<string, Node>>, indent = ''): string {
  return Object.entries(node)
    .map(([name, value]) => {
      if (typeof value === 'string') return `${indent}${name}: ${JSON.stringify(value)}\n`;
      if (isList(value)) {
        return value.length === 0
          ? ''
          : `${indent}${name}:\n${value.map((item) => `${indent}  - ${JSON.stringify(item)}\n`).join('')}`;
      }
      return `${indent}${name}:\n${lines(value, `${indent}  `)}`;
    })
    .join('');
}

const isList = (node: Node): node is readonly string[] => Array.isArray(node);
