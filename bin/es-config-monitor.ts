import { realpathSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { runCommandLine } from '../cli/command-line';
import { COMMANDS } from '../cli/commands';
import { runProcess } from '../cli/program';
import { serveReading } from '../cli/sources/threads';

/** This file, whichever kind of module it is built as. */
const program = realpathSync(process.argv[1] ?? '');

/** Threads begin with JavaScript alone: from the sources, everything is done in one. */
const reader = program.endsWith('.ts') ? undefined : program;

if (isMainThread) runProcess((args, console) => runCommandLine(COMMANDS, args, console), reader);
else serveReading();
