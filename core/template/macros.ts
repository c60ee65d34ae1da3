import { isObject, listOf, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { ownMember } from './resolve';

/** Macros of AWS that neither make nor change a domain, but for the loops that are gone through here. */
const HARMLESS: ReadonlySet<string> = new Set([
  'AWS::CodeDeployBlueGreen',
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::Serverless-2016-10-31',
  'AWS::ServiceCatalog',
]);

/** Puts what is in a file beside what is written, and leaves that alone. */
const INCLUDE = 'AWS::Include';

const TRANSFORM = 'Fn::Transform';

/** Macros that make of the whole template, or of all its resources, whatever they want. */
export const macrosOfAll = (template: unknown): readonly string[] =>
  namesIn(memberOf(template, 'Transform'), transformIn(template), transformIn(memberOf(template, 'Resources'))).filter(
    (name) => name !== INCLUDE,
  );

/** Macros that make of one resource whatever they want. */
export const macrosOf = (resource: unknown): readonly string[] => namesIn(transformIn(resource));

/** What a template may declare that cannot be seen in it, each a clause. Safe to show. */
export function unseenIn(template: unknown): readonly string[] {
  const resources = memberOf(template, 'Resources');
  const made = Object.entries(isObject(resources) ? resources : {}).filter(
    ([, resource]) => ownMember(resource, 'Type') === undefined && macrosOf(resource).length > 0,
  );
  const includes = namesIn(memberOf(template, 'Transform'), transformIn(template), transformIn(resources)).includes(
    INCLUDE,
  );
  return [
    ...macrosOfAll(template).map((name) => `the macro ${plain(name, 100)} may add domains`),
    ...(includes ? [`a file that ${INCLUDE} reads may declare domains`] : []),
    ...made.map(([logicalId]) => `the resource ${plain(logicalId, 100)} is what a macro makes`),
  ];
}

const transformIn = (value: unknown): unknown => ownMember(value, TRANSFORM);

const namesIn = (...transforms: readonly unknown[]): readonly string[] =>
  transforms
    .flatMap(listOf)
    .map((each) => textOf(each) ?? textOf(memberOf(each, 'Name')) ?? 'of a name that is not known')
    .filter((name) => !HARMLESS.has(name));
