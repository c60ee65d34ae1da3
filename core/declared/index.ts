/* What somebody declares before a deployment, in whatever language, and what of it cannot be known before. */

export { ACCOUNT, REGION, type Declared, type Kind, type Path, type Request } from './declared';
export { readingsOf, type Candidate, type Choice, type Choose, type Readings } from './readings';
export { holdsUnknown, isUnknown, UNKNOWN_PART, told, unknownsIn, unknownText } from './unknown';
