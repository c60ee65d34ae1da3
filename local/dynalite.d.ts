declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A server that speaks DynamoDB's protocol and keeps its tables in memory. */
  export default function dynalite(options?: {
    /** Milliseconds a table stays in `CREATING`. @default 500 */
    readonly createTableMs?: number;
  }): Server;
}
