import { EVENT_SOURCES } from '../base/event-source';
import type { OtherCalls } from './content';
import { searchable } from './search';
import { SEARCH_MODULE } from './search-module';

/** Addresses in the module's memory: search.wat says what is there. */
const WANTED_AT = 0x20;
export const STATE_AT = 0x8000;
export const WINDOW_AT = 0x8040;
export const FOUND_AT = 0x18800;

/** The module of search.wat, ready to run. */
export interface Machine {
  readonly memory: Uint8Array;
  /** The same memory. */
  readonly words: Int32Array;
  readonly find: (at: number, end: number, limit: number) => number;
  readonly walk: (end: number) => number;
  /** Whose names it looks for. */
  wanted: OtherCalls | undefined;
}

let only: Machine | 'none' | undefined;

/** The module, compiled when it is first asked for. `undefined` where this machine, or this Node.js, cannot run it. */
export function machine(): Machine | undefined {
  only ??= start();
  return only === 'none' ? undefined : only;
}

function start(): Machine | 'none' {
  const bytes = Buffer.from(SEARCH_MODULE, 'base64');
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return 'none';
  const { memory, find, walk } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  return { memory: new Uint8Array(memory.buffer), words: new Int32Array(memory.buffer), find, walk, wanted: undefined };
}

/** What of the standard is used here; Node.js's types do not know it. */
declare const WebAssembly:
  | {
      validate(bytes: Uint8Array): boolean;
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => {
        readonly exports: Pick<Machine, 'find' | 'walk'> & { readonly memory: { readonly buffer: ArrayBuffer } };
      };
    }
  | undefined;

/**
 * Tells the module what to look for.
 * @throws Error when one of `others` is a name that cannot be searched for, or they are too many
 */
export function want(machine: Machine, others: OtherCalls): void {
  if (machine.wanted === others) return;
  machine.memory.set(toTable(others), WANTED_AT);
  machine.wanted = others;
}

function toTable(others: OtherCalls): Buffer {
  const named = Object.entries(others).filter(([, names]) => names.length > 0);
  const entries = [...EVENT_SOURCES.map((source) => toEntry(source, [])), ...named.map((entry) => toEntry(...entry))];
  const table = Buffer.concat([Buffer.from(named.length > 0 ? 'N' : 'S'), ...entries, Buffer.alloc(2)]);
  if (table.length <= STATE_AT - WANTED_AT) return table;
  throw new Error(`calls to search for take ${table.length} bytes, allowed: at most ${STATE_AT - WANTED_AT}`);
}

function toEntry(source: string, names: readonly string[]): Buffer {
  const texts = [source, ...names]
    .map(searchable)
    .map((text) => Buffer.from(String.fromCharCode(text.length) + text, 'latin1'));
  const entry = Buffer.concat([Buffer.alloc(2), ...texts, Buffer.alloc(1)]);
  entry.writeUInt16LE(entry.length);
  return entry;
}
