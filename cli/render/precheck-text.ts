import { counted } from '../../core/base/counted';
import { plain, unlinked, wrapped } from '../../core/base/plain-text';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import type { Console } from '../console';
import { allMentioned, mentionedOf, type CheckedResource, type Precheck } from '../precheck';
import { colorsOn } from './colors';

const WIDTH = 100;

/** What a deployment would leave behind, resource by resource, for people. */
export function precheckText({ files }: Precheck, console: Console): string {
  const color = colorsOn(console);
  const refused = files.flatMap(({ name, refusals }) =>
    refusals.map((refusal) => `${plain(name, 500)}:\n${line(refusal, '- ')}\n\n`),
  );
  const hidden = files
    .filter(({ unseen }) => unseen.length > 0)
    .map(
      ({ name, unseen }) =>
        `${plain(name, 500)}:\n${unseen.map((says) => line(`cannot be seen in it: ${says}`, '? ')).join('\n')}\n\n`,
    );
  const judged = files
    .flatMap(({ name, resources }) =>
      resources
        .filter((resource) => mentionedOf(resource).length > 0 || resource.isCut)
        .map((resource) => [name, resource] as const),
    )
    .map(([name, resource]) =>
      [
        `${plain(name, 500)}:${resource.line} ${headOf(resource)}`,
        ...mentionedOf(resource).flatMap(({ severity, rule, evidence, doubt, witness }) => [
          `  ${color(severity, severity)} ${rule.id}`,
          ...evidence.map((piece) => line(piece, '- ')),
          ...(doubt === undefined ? [] : [line(`not known before the deployment: ${doubt}`, '? ')]),
          ...(witness === undefined ? [] : [line(witness, '> ')]),
        ]),
        ...(resource.isCut ? [line('more of it is not known than could be tried in all combinations', '? ')] : []),
        '',
      ].join('\n'),
    )
    .map((text) => `${text}\n`);
  return [...refused, ...hidden, ...judged].join('');
}

const line = (text: string, mark: string): string => wrapped(unlinked(plain(text, 1000)), WIDTH, `    ${mark}`);

const headOf = ({ declared, domain, eventName }: CheckedResource): string => {
  const named = domain === undefined || domain === declared.address ? '' : ` (${plain(domain, 60)})`;
  return `${plain(declared.address, 200)}${named}: ${eventName ?? 'no call'}`;
};

/** How much was looked at and found, in one line. */
export function precheckTally(precheck: Precheck): string {
  const { files, passedOver, unread } = precheck;
  const resources = files.flatMap((file) => file.resources);
  const found = allMentioned(precheck);
  const totals = ALERT_SEVERITIES.toReversed().flatMap((severity) => {
    const count = found.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${severity} ${count}`];
  });
  const hidden = resources.flatMap(({ expected }) => expected).length - found.length;
  const doubts = found.filter(({ doubt }) => doubt !== undefined).length;
  return [
    `${counted(resources.length, 'resource')} in ${counted(files.length, 'file')}`,
    ...(totals.length === 0 ? ['nothing to object to'] : [totals.join(', ')]),
    ...(doubts === 0 ? [] : [`${doubts} of them in doubt`]),
    ...(hidden === 0 ? [] : [`${hidden} suppressed`]),
    ...(passedOver === 0 ? [] : [`${counted(passedOver, 'file')} passed over`]),
    ...(unread.length === 0 ? [] : [`${unread.length} not read`]),
  ].join('; ');
}
