/* From what is declared to what the calls of its deployment would leave behind, judged as the calls themselves would be. */

export { judgeDeclared, type Expected, type JudgedResource } from './judge';
export { sentenceOf } from './sentence';
