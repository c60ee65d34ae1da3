import { isMainThread } from 'node:worker_threads';
import { runCommandLine } from '../cli/command-line';
import { COMMANDS } from '../cli/commands';
import { runProcess } from '../cli/program';
import { serveReading } from '../cli/sources/threads';

/** Threads begin with JavaScript alone: from the sources, everything is done in one. */
const reader = __filename.endsWith('.ts') ? undefined : __filename;

if (isMainThread) runProcess((args, console) => runCommandLine(COMMANDS, args, console), reader);
else serveReading();
