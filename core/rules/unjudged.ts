import { JUDGED_BLOCKS, type Call } from '../call';
import { isAbsent, isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { firstOf } from '../base/plain-text';
import { technique } from './kit/attack';
import { asked, evidenceIf, isCreation, isUpdate } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';

const DESCRIBE = 'aws opensearch describe-domain-config --region {region} --domain-name {domain}';

/** What lies under all other rules, so that a call nobody can judge is not a call nobody hears of. */
export const unjudgedRules: readonly Rule[] = [
  defineRule({
    id: 'parameters-omitted',
    title: 'The parameters of the call were left out of the record',
    severities: { HIGH: 'always' },
    why: 'CloudTrail leaves out parameters above 100 KB, as large as an access policy may be, and hides some: what was set cannot be seen here, which is also a way to keep it from sight.',
    remediation: {
      text: 'Read what now holds; of a domain, the access policy first.',
      commands: { CreateDomain: DESCRIBE, UpdateDomainConfig: DESCRIBE },
    },
    attack: [technique('T1685.002')],
    evidence: (situation) => {
      const { access, parametersOmitted } = situation.call;
      if (access !== 'change') return [];
      if (parametersOmitted) {
        return evidenceIf(
          true,
          'HIGH',
          'CloudTrail left the request parameters out, so what the call asked for is unknown',
        );
      }
      const hidden = hiddenBlocksIn(situation);
      return evidenceIf(hidden.length > 0, 'HIGH', `what the call asked for is hidden in ${hidden.join(', ')}`);
    },
  }),
  defineRule({
    id: 'unrecognised-call',
    title: 'The call is not one this version knows',
    severities: { MEDIUM: 'always' },
    why: 'The API has grown: a call that may change something is not judged yet.',
    remediation: { text: 'Look the call up in the API reference, and update the monitor to a version that knows it.' },
    attack: [technique('T1578.005')],
    evidence: ({ call }) =>
      evidenceIf(call.operation === undefined && call.access === 'change', 'MEDIUM', whatIsUnknown(call)),
  }),
];

/** The blocks that are written as a text, as CloudTrail does to hide them: an object belongs there. */
function hiddenBlocksIn(situation: Situation): readonly string[] {
  if (!isCreation(situation) && !isUpdate(situation)) return [];
  return JUDGED_BLOCKS.filter((block) => textOf(asked(situation, block)) !== undefined);
}

/** Stands in where no other rule has anything to say: a watched call is told all the same. */
export const CONFIGURATION_CALL = defineRule({
  id: 'configuration-call',
  title: 'A watched configuration call was made',
  severities: { LOW: 'always; the severity given in the stack where one is given' },
  why: 'It is told because it changes a configuration, or is watched; no rule of this version objects to what the record tells of it.',
  remediation: { text: 'Check that it was planned.' },
  attack: [technique('T1578.005')],
  evidence: ({ call }) => evidenceIf(true, 'LOW', whatIsSeen(call)),
});

function whatIsSeen({ access, outcome, operation, judgedAs, request }: Call): string {
  if (access === 'read') return 'it is watched, and no rule objects to it';
  if (outcome !== 'succeeded' && !isObject(request))
    return 'a configuration would have changed, and the record does not tell how';
  // Of tags, keys alone: their values may be anybody's secrets.
  if (operation === 'AddTags') return `it sets ${tags(tagKeysIn(request))}`;
  if (operation === 'RemoveTags') return `it removes ${tags(textsOf(memberOf(request, 'tagKeys')))}`;
  if (judgedAs === 'UpdateDomainConfig')
    return `it sets ${firstOf(settingsIn(request)) || 'nothing that the record shows'}, and no rule objects to it`;
  return `it changes ${whatChanges(request)}, and no rule objects to it`;
}

/** What the call is about, where that is not a domain. */
function whatChanges(request: unknown): string {
  const names = NAMING.flatMap(([member, what]) => {
    const name = textOf(memberOf(request, member));
    return name === undefined ? [] : [`${what}: ${name}`];
  });
  return names.length > 0 ? names.join(', ') : 'a configuration';
}

const NAMING = [
  ['indexName', 'an index'],
  ['packageID', 'a package'],
  ['dataSourceArn', 'a data source'],
  ['account', 'what an account may do'],
] as const;

const tags = (names: readonly string[]): string =>
  `the ${names.length === 1 ? 'tag' : 'tags'} ${firstOf(names) || '(unknown)'}`;

const tagKeysIn = (request: unknown): readonly string[] =>
  listOf(memberOf(request, 'tagList')).flatMap((tag) => textsOf(memberOf(tag, 'key')));

/** What an update asks for, by name: `eBSOptions.volumeSize`. */
function settingsIn(request: unknown): readonly string[] {
  if (!isObject(request)) return [];
  return Object.entries(request).flatMap(([block, options]) => {
    if (/^domainName$/i.test(block) || isAbsent(options)) return [];
    return isObject(options) ? Object.keys(options).map((member) => `${block}.${member}`) : [block];
  });
}

function whatIsUnknown({ eventName, judgedAs, request }: Call): string {
  const unknown = `${eventName || 'a call without a name'} is in no catalogue of the API`;
  const members = isObject(request) ? Object.keys(request) : [];
  const holds = members.length > 0 ? `; its request holds ${firstOf(members)}` : '';
  return `${unknown}${holds}${judgedAs ? `, and is judged as that of ${judgedAs}` : ''}`;
}
