declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A server that speaks DynamoDB's protocol and keeps its tables in memory. */
  export default function dynalite(options?: {
    /** Milliseconds a table stays in `CREATING`. @default 500 */
    readonly createTableMs?: number;
  }): Server;
}

declare module 'dynalite/db/conditionParser' {
  /** What a text is read with; names and values that are read are taken off those that are unused. */
  export interface ParseContext {
    readonly attrNames?: Readonly<Record<string, string>>;
    readonly attrVals?: Readonly<Record<string, object>>;
    readonly unusedAttrNames: Record<string, unknown>;
    readonly unusedAttrVals: Record<string, unknown>;
  }

  /** @returns a tree of what is read, with the values in it; what is wrong with it in words @throws Error where it cannot be read */
  export type Parse = (text: string, options: { readonly context: ParseContext }) => unknown;

  /** Conditions, keys and filters. */
  const parser: { parse: Parse };
  export default parser;
}
