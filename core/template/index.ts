/* CloudFormation templates, written by hand, by the CDK or by SAM: what they declare. */

export { declaredInChangeSet, isChangeSet } from './change-set';
export { unseenIn } from './macros';
export { nestedStacksIn, unseenStacksIn } from './nested';
export { declaredInTemplate, isTemplate, type TemplateContext } from './template';
export { parseDocument, type ParsedDocument } from './text';
