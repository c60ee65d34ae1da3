import { UsageError } from './console';
import { quoted } from './quoted';

/** What a command takes by name: `--format json`. The names are the keys, without hyphens. */
export type Options = Readonly<Record<string, Option>>;

export type Option = Flag | Text | Texts | Choice | WholeNumber;

interface Described {
  /** What it is for, in the help. */
  readonly description: string;
  /** Other names it goes by. @default - none */
  readonly aliases?: readonly string[];
}

/** Given or not. */
export interface Flag extends Described {
  readonly type: 'flag';
}

interface Valued extends Described {
  /** What stands for its value in the help, in capitals. */
  readonly value: string;
}

export interface Text extends Valued {
  readonly type: 'text';
  /** @default - left out, it has no value */
  readonly default?: string;
}

/** May be given more than once; left out, it is an empty list. */
export interface Texts extends Valued {
  readonly type: 'texts';
}

/** One of a few words, in any letter case. */
export interface Choice extends Valued {
  readonly type: 'choice';
  readonly allowed: readonly string[];
  /** One of `allowed`. @default - left out, it has no value */
  readonly default?: string;
}

export interface WholeNumber extends Valued {
  readonly type: 'whole-number';
  /** The lowest allowed; the highest is the largest that is counted exactly. */
  readonly least: number;
  /** @default - left out, it has no value */
  readonly default?: number;
}

/** What a command gets of its options. */
export type ValuesOf<Named extends Options> = { readonly [Name in keyof Named]: ValueOf<Named[Name]> };

type ValueOf<Of extends Option> = Of extends Flag
  ? boolean
  : Of extends Texts
    ? readonly string[]
    : WordOf<Of> | (Of extends { readonly default: string | number } ? never : undefined);

type WordOf<Of extends Option> = Of extends { readonly type: 'choice'; readonly allowed: readonly (infer Word)[] }
  ? Word
  : Of extends WholeNumber
    ? number
    : string;

/** Every command has it. */
export const HELP: Flag = { type: 'flag', description: 'this text (or -h)' };

/** The value of an option that is not given. */
export function defaultOf(option: Option): Value | undefined {
  if (option.type === 'flag') return false;
  return option.type === 'texts' ? [] : option.default;
}

export type Value = string | number | boolean | readonly string[];

/**
 * The value that `text` is for the option called `name`.
 * @throws UsageError for a text that is none of its values
 */
export function readValue(name: string, option: Exclude<Option, Flag>, text: string): string | number {
  const refused = (allowed: string) => new UsageError(`--${name} is ${quoted(text)}; allowed: ${allowed}`);
  switch (option.type) {
    case 'text':
    case 'texts':
      return text;
    case 'choice': {
      const word = option.allowed.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
      if (word === undefined) throw refused(option.allowed.join(', '));
      return word;
    }
    case 'whole-number': {
      const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
      if (!Number.isSafeInteger(number) || number < option.least) throw refused(`a whole number from ${option.least}`);
      return number;
    }
  }
}
