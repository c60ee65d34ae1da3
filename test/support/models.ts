import { readExtracts } from '../../local/catalogue-check/extracts';
import { membersOf, type Input, type Member } from '../../local/catalogue-check/model';

/** One operation of one generation of the API, with all members of its request, however deep. */
export interface ModelledOperation {
  /** Of either generation. */
  readonly eventName: string;
  readonly input: Input;
  readonly members: readonly Member[];
}

/** Every operation of both generations; those that both have, twice. */
export const MODELLED_OPERATIONS: readonly ModelledOperation[] = readExtracts().flatMap(({ model }) =>
  Object.entries(model.operations).map(([eventName, input]) => ({ eventName, input, members: membersOf(input) })),
);

/** A path of the API as CloudTrail spells it: the first letter of each member is lowered, but for keys of a map. */
export const asRecorded = (path: string): string => path.replace(/(^|\.)([A-Z])/g, (part) => part.toLowerCase());
