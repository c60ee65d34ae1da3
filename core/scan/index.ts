/* One log file, from bytes to what became of each record. */

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
export { historyInMemory, type MemoryHistory } from './memory';
export { scan, type Scan } from './scan';
