import { runCommandLine } from '../cli/command-line';
import { COMMANDS } from '../cli/commands';
import { runProcess } from '../cli/program';

runProcess((args, console) => runCommandLine(COMMANDS, args, console));
