/* One log file, from bytes to what became of each record. */

export { countsOf, judge, type Counts, type Disposition, type Judgement } from './judge';
export { judgeAll, type History, type Judged } from './judge-all';
export { scan, type Scan } from './scan';
