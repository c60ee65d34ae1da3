/* What became of each record: of one log file, from its bytes, or of many at once. */

export { baselineCall, domainOfState, statesIn, type BaselineState, type NamedDomain } from './baseline';
export { countsOf, judge, type Counts, type Disposition, type Judgement } from './judge';
export {
  domainKeyOf,
  judgedWithout,
  MOST_ENTRIES,
  placeOf,
  shownBy,
  shownIn,
  type Entry,
  type FoundEntry,
  type History,
} from './history';
export { inOrderOfTime, judgeAll, type Judged } from './judge-all';
export { lookBack, type JudgedCall, type LookBack, type LookedBack, type Source } from './look-back';
export { historyInMemory, type MemoryHistory } from './memory';
export { scan, type Scan } from './scan';
