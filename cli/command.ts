import type { Console } from './console';
import type { Options, ValuesOf } from './options';

/** A command of the command line, or a developer's program. Its help and the reading of its arguments are made from it. */
export interface Command<Named extends Options = Options> {
  /** As it is typed. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** The rest of what there is to know, in lines. @default - the summary says it all */
  readonly description?: string;
  /** What it takes beside options. @default - nothing */
  readonly operands?: Operands;
  readonly options: Named;
  readonly examples: readonly [Example, Example, ...Example[]];
  /** What each exit code means. 2 also tells, of every command, that it could not be run as asked. */
  readonly exitCodes: Readonly<Record<number, string>>;
  /** @returns the exit code */
  run(given: Given<Named>, console: Console): Promise<number>;
}

export interface Operands {
  /** What stands for one of them in the help, in capitals. */
  readonly name: string;
  readonly least: 0 | 1;
  readonly most: 1 | 'any number';
}

export interface Example {
  /** What follows the name of the command, separated by single spaces. */
  readonly args: string;
  /** What one gets. */
  readonly gives: string;
}

/** What was given to a command, checked. */
export interface Given<Named extends Options = Options> {
  readonly options: ValuesOf<Named>;
  readonly operands: readonly string[];
}

/** `definition`, whose `run` knows the values of its options by their types. */
export function command<const Named extends Options>(definition: Command<Named>): Command<Named> {
  return definition;
}
