import { compareSeverity, type Severity } from '../core/base/severity';
import { judgeDeclared, type Expected, type JudgedResource } from '../core/deployment';
import type { Criteria } from '../core/settings';
import type { Declarations } from './declarations';

/** What a deployment would leave behind, by the file that declares it. */
export interface Precheck {
  readonly files: readonly CheckedFile[];
  readonly unread: Declarations['unread'];
  readonly passedOver: number;
}

export interface CheckedFile {
  readonly name: string;
  readonly resources: readonly CheckedResource[];
  /** What the file may declare that cannot be seen in it. */
  readonly unseen: readonly string[];
  /** What S3 would refuse. */
  readonly refusals: readonly string[];
}

/** A resource with the line that declares each of its findings. */
export interface CheckedResource extends JudgedResource {
  /** Counted from 1. */
  readonly line: number;
  readonly expected: readonly (Expected & { readonly line: number })[];
}

/** Judges all that was declared. @param time ISO 8601, UTC: now */
export function precheckOf({ files, unread, passedOver }: Declarations, criteria: Criteria, time: string): Precheck {
  return {
    unread,
    passedOver,
    files: files.map(({ name, document, declared, unseen = [], refusals = [] }) => ({
      name,
      unseen,
      refusals,
      resources: declared.map((each) => {
        const judged = judgeDeclared(each, criteria, time);
        return {
          ...judged,
          line: document.lineOf(each.path),
          expected: judged.findings.map((finding) => ({ ...finding, line: document.lineOf(finding.path) })),
        };
      }),
    })),
  };
}

/** The findings people hear of, worst first within each resource. */
export const mentionedOf = (resource: CheckedResource): CheckedResource['expected'] =>
  resource.expected.filter(({ suppressedBy }) => suppressedBy === undefined);

/** All findings people hear of. */
export const allMentioned = ({ files }: Precheck): readonly Expected[] =>
  files.flatMap(({ resources }) => resources.flatMap(mentionedOf));

/** Whether there is one as severe. A notification that S3 refuses stops a deployment, and counts whatever is asked for. */
export const reaches = (precheck: Precheck, severity: Severity): boolean =>
  precheck.files.some(({ refusals }) => refusals.length > 0) ||
  allMentioned(precheck).some((finding) => compareSeverity(finding.severity, severity) >= 0);
