/** What a digest shows that is not as CloudTrail delivered it, or of which nothing can be proved. */
export interface Deviation {
  readonly kind: DeviationKind;
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  /** The digest that shows it, `s3://bucket/key`. */
  readonly digest: string;
  /** The end of its hour. */
  readonly time: string;
  /** What it is about, `s3://bucket/key`; for `chain-began-anew` the digest itself. */
  readonly object: string;
  /** Of log files delivered before then, back to the digest before, nothing is proved. @default - the time is covered */
  readonly unprovedBefore?: string;
}

/** `chain-began-anew` and `chain-elsewhere` are no tampering. */
export type DeviationKind =
  | 'log-file-missing'
  | 'log-file-altered'
  | 'digest-missing'
  | 'digest-altered'
  | 'chain-began-anew'
  | 'chain-elsewhere';
