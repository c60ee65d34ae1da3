/**
 * What is asked of each kind of resource, in AWS's words where it has some. What a resource must be and what it was found to be
 * have the same members, so that a deviation is a member that differs.
 */
export interface Members {
  readonly topic: {
    /** `null`: it is not compared. */
    readonly policy: unknown;
    /** Somebody has confirmed a subscription; `null` where it does not matter. */
    readonly isHeard: boolean | null;
  };
  readonly subscription: {
    readonly topicArn: string;
    readonly protocol: string;
    readonly endpoint: string;
    readonly isConfirmed: boolean;
    /** `null`: everything is passed on. */
    readonly filterPolicy: unknown;
    readonly isRaw: boolean;
    /** ARN of the queue for what cannot be delivered. */
    readonly deadLetterQueue: string | null;
  };
  readonly queue: {
    readonly retentionSeconds: number;
    readonly visibilitySeconds: number;
    readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | null;
    readonly policy: unknown;
  };
  readonly function: {
    /** `Failed` and its like, with the reason; `null` where it runs. */
    readonly failure: string | null;
    readonly reservedConcurrency: number | null;
    readonly handler: string;
    readonly role: string;
    readonly timeoutSeconds: number;
    readonly memoryMB: number;
    readonly environment: Readonly<Record<string, string>>;
    readonly layers: readonly string[];
    /** Name of the asset it was deployed with. */
    readonly asset: string;
    /** Of the code that runs; `null` as long as none was seen with this asset. */
    readonly codeSha256: string | null;
  };
  readonly mapping: {
    readonly isEnabled: boolean;
    /** `null`: every message reaches the function. Those that match no filter would be deleted. */
    readonly filter: unknown;
    readonly reportsFailures: boolean;
    readonly functionName: string;
    readonly queueArn: string;
  };
  readonly table: { readonly isThere: boolean };
  readonly alarm: {
    readonly actionsEnabled: boolean;
    readonly isMuted: boolean;
    /** As `aws cloudwatch put-metric-alarm` takes it, without its texts. */
    readonly definition: Readonly<Record<string, unknown>>;
  };
  readonly notification: {
    /** As S3's API has it, without its id; `null`: none. */
    readonly toQueue: unknown;
    /** `null`: it does not matter. */
    readonly isSentToEventBridge: boolean | null;
    /** All that the bucket has, for whoever sets ours back. Not compared. */
    readonly all: unknown;
  };
  readonly bucket: {
    readonly isVersioned: boolean;
    /** How long log files are kept at least. */
    readonly keptDays: number;
    readonly policy: unknown;
  };
  readonly rule: {
    readonly isEnabled: boolean;
    /** Event pattern, as an object. */
    readonly pattern: unknown;
    /** ARNs. */
    readonly targets: readonly string[];
  };
  readonly trail: {
    readonly isLogging: boolean;
    /** What S3, or KMS, said to the last delivery; `null` where it worked. */
    readonly deliveryError: string | null;
    readonly bucket: string;
    readonly prefix: string | null;
    readonly key: string | null;
    readonly isMultiRegion: boolean;
    readonly includesGlobalEvents: boolean;
    readonly isValidated: boolean;
    /** Management events, reads and writes, of all services. */
    readonly recordsAll: boolean;
  };
  readonly key: { readonly isEnabled: boolean };
}

export type Kind = keyof Members;

/** A resource as the stack deployed it. */
export type Expected = { readonly [K in Kind]: ExpectedOf<K> }[Kind];

export interface ExpectedOf<K extends Kind> {
  readonly kind: K;
  /** What its API asks for: an ARN, a URL or a name. */
  readonly name: string;
  readonly must: Members[K];
}

/** A resource as it is; or it is not there, or may not be looked at. */
export type Found<K extends Kind = Kind> = 'missing' | { readonly unreadable: string } | Members[K];
