/** The functions that YAML has a tag for. */
export const SHORT_FORMS: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/** `!Sub` is `Fn::Sub`; `undefined` for a tag of YAML's own. */
export function nameOfTag(tag: string | undefined): string | undefined {
  const name = tag?.startsWith('!') ? tag.slice(1) : undefined;
  if (name === undefined || !SHORT_FORMS.has(name)) return undefined;
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}
