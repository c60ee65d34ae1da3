import { counted } from '../../core/base/counted';
import { sentenceOf } from '../../core/deployment';
import { allMentioned, mentionedOf, type Precheck } from '../precheck';
import { escaped, table } from './markdown';

/** What a deployment would leave behind, for a comment on a pull request. */
export function precheckMarkdown(precheck: Precheck): string {
  const found = allMentioned(precheck);
  const resources = precheck.files.flatMap(({ name, resources: declared }) =>
    declared.filter((each) => mentionedOf(each).length > 0).map((each) => ({ name, resource: each })),
  );
  const looked = precheck.files.reduce((sum, file) => sum + file.resources.length, 0);
  return `${[
    '# Domains after this deployment',
    found.length === 0
      ? `${counted(looked, 'resource')}, and nothing to object to.`
      : `${counted(found.length, 'finding')} on ${counted(resources.length, 'resource')} of ${looked}.`,
    ...resources.flatMap(({ name, resource }) => [
      `## ${escaped(resource.declared.address)}`,
      `${escaped(name)}, line ${resource.line}`,
      table(
        ['severity', 'rule', 'what', 'what to do'],
        mentionedOf(resource).map((finding) => [
          finding.severity,
          finding.rule.id,
          [
            sentenceOf(resource, finding),
            ...finding.evidence.slice(1),
            ...(finding.doubt === undefined ? [] : [`not known before the deployment: ${finding.doubt}`]),
            ...(finding.witness === undefined ? [] : [finding.witness]),
          ].join('; '),
          finding.rule.remediation.text,
        ]),
      ),
    ]),
    ...precheck.files.flatMap(({ name, unseen, refusals }) => {
      const said = [...unseen.map((says) => `cannot be seen in it: ${says}`), ...refusals];
      return said.length === 0 ? [] : [`## ${escaped(name)}`, said.map((each) => `- ${escaped(each)}`).join('\n')];
    }),
    ...(precheck.unread.length === 0
      ? []
      : ['## Not read', precheck.unread.map(({ name, why }) => `- ${escaped(name)}: ${escaped(why)}`).join('\n')]),
  ].join('\n\n')}\n`;
}
