import type { OtherCalls } from './content';
import { DEEPEST, type Search, type Step, type TakeElement, type Walk } from './search';
import { FOUND_AT, machine, STATE_AT, want, WINDOW_AT, type Machine } from './simd-machine';

/** How much JSON the module looks at in one call, and how far behind it: its memory has room for no more. */
const WINDOW = { bytes: 65_536, ahead: 512 };

/** Bytes before the window that are looked back at. */
const BEHIND = 16;

/** Words of the state. */
const STATE = { depth: 0, start: 3, isDeep: 5, stoppedAt: 6, isAllWanted: 7, deepest: 8, length: 16 } as const;

/**
 * The search in WebAssembly, which compares 16 bytes at a time. It judges as `plainSearch` does; what it would have to
 * look at beyond its window, it takes for a sign.
 * @returns `undefined` where this machine, or this Node.js, cannot run it
 * @throws Error when one of `others` is a name that cannot be searched for
 */
export function simdSearch(others: OtherCalls, window = WINDOW): Search | undefined {
  const module = machine();
  return module && searchWith(module, others, window);
}

function searchWith(module: Machine, others: OtherCalls, window: typeof WINDOW): Search {
  const { memory, words, find, walk } = module;

  function mayHold(json: Buffer): boolean {
    want(module, others);
    memory.fill(0, WINDOW_AT - BEHIND, WINDOW_AT);
    for (let at = 0; at < json.length; at += window.bytes) {
      const behind = Math.min(BEHIND, at);
      const end = Math.min(json.length, at + window.bytes);
      const limit = Math.min(json.length, end + window.ahead);
      memory.set(json.subarray(at - behind, limit), WINDOW_AT - behind);
      if (find(WINDOW_AT, WINDOW_AT + end - at, WINDOW_AT + limit - at) !== -1) return true;
    }
    return false;
  }

  function startWalk(elements: 'wanted' | 'all'): Walk {
    /** Kept here, so that any number of walks take turns. */
    const state = new Int32Array(STATE.length);
    state[STATE.isAllWanted] = elements === 'all' ? 1 : 0;
    state[STATE.deepest] = DEEPEST;

    /** Follows the list through a part of the piece that begins at `at` in it. */
    function through(part: Buffer, at: number, take: TakeElement): number | undefined {
      want(module, others);
      words.set(state, STATE_AT / 4);
      memory.set(part, WINDOW_AT);
      const foundEnd = walk(WINDOW_AT + part.length);
      state.set(words.subarray(STATE_AT / 4, WINDOW_AT / 4));
      state[STATE.start] = wordOf(state, STATE.start) - part.length;
      for (let found = FOUND_AT / 4; found < foundEnd / 4; found += 3) {
        const shift = at - WINDOW_AT;
        take(wordOf(words, found) + shift, wordOf(words, found + 1) + shift, wordOf(words, found + 2) === 1);
      }
      const stoppedAt = wordOf(state, STATE.stoppedAt) - WINDOW_AT;
      return stoppedAt < part.length ? at + stoppedAt : undefined;
    }

    return (piece, take): Step => {
      let closedAt: number | undefined;
      for (let at = 0; at < piece.length && closedAt === undefined; at += window.bytes) {
        closedAt = through(piece.subarray(at, at + window.bytes), at, take);
      }
      const isOpen = wordOf(state, STATE.depth) > 0;
      return {
        openAt: isOpen ? wordOf(state, STATE.start) - WINDOW_AT + piece.length : undefined,
        isDeep: isOpen && wordOf(state, STATE.isDeep) === 1,
        closedAt,
      };
    };
  }

  return { others, mayHold, walk: startWalk };
}

const wordOf = (words: Int32Array, index: number): number => words[index] ?? 0;
