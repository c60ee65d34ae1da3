import { realpathSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** This file, whichever kind of module it is built as. */
const program = realpathSync(process.argv[1] ?? '');

/** Threads begin with JavaScript alone: from the sources, everything is done in one. */
const reader = program.endsWith('.ts') ? undefined : program;

// A thread that reads needs little of what is loaded here.
if (isMainThread) void import('../cli/start.js').then(({ start }) => start(reader));
else void import('../cli/sources/reading-thread.js').then(({ serveReading }) => serveReading());
