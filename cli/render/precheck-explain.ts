import { plain } from '../../core/base/plain-text';
import type { Criteria } from '../../core/settings';
import { type CheckedResource, type Precheck } from '../precheck';
import { explain } from './explain';

/** Of each resource which rules looked at the call that would make it, what they saw, and what would depend on what is not known. */
export const precheckExplanations = ({ files }: Precheck, criteria: Criteria): string =>
  files
    .flatMap(({ name, resources }) =>
      resources.map((resource) => `${plain(name, 500)}:${resource.line} ${explained(resource, criteria)}\n`),
    )
    .join('');

function explained(resource: CheckedResource, criteria: Criteria): string {
  const { first, declared } = resource;
  const head = `${plain(declared.address, 200)}: `;
  if (first === undefined) return `${head}nothing changes, or a condition leaves it out\n`;
  const disposition = first.findings.length > 0 ? 'alerted' : 'informational';
  const doubts = resource.expected.flatMap(({ rule, severity, doubt }) =>
    doubt === undefined ? [] : [`  ${severity} ${rule.id} ${plain(doubt, 500)}`],
  );
  // What became of an alert is not asked before there is one.
  const lines = explain({ ...first, disposition }, criteria)
    .trimEnd()
    .split('\n')
    .slice(0, -1);
  return [head + lines.join('\n'), ...doubts, ''].join('\n');
}
