import { listOfTexts, type Check } from './check';
import { eventNameProblem } from './identifiers';

const ofTexts = listOfTexts('watchedEvents', eventNameProblem);

export const watchedEventsProblems: Check = (value, known) =>
  Array.isArray(value) && value.length === 0
    ? ['watchedEvents is empty, which watches nothing; leave it out to watch every call that changes a configuration']
    : ofTexts(value, known);
