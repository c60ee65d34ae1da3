import dynalite from 'dynalite';
import conditionParser from 'dynalite/db/conditionParser';
import type { Server } from 'node:http';
import { onceForEachText } from './once-for-each-text';

/** Starts dynalite as DynamoDB, on a free port of the loopback interface. */
export async function startTableServer(): Promise<Server> {
  const server = dynalite({ createTableMs: 0 });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server;
}

// Its parser reads what is in brackets anew for each thing that it may be: for the condition of a claim, 35 ms of each request.
conditionParser.parse = onceForEachText(conditionParser.parse);
