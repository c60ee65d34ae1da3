import { plain } from '../base/plain-text';
import { KINDS, type Aspect } from './aspects';
import type { Expected, ExpectedOf, Found, Kind, Members } from './resources';
import { same } from './same';

/** Something of the monitor that is not as the stack deployed it. */
export interface Deviation {
  /** The same as long as it lasts: what is deviating, and in which respect. */
  readonly id: string;
  /** Without a full stop. */
  readonly sentence: string;
  /** A call of the AWS CLI that puts it right, without its region; what can only be made anew by hand has none. */
  readonly command?: string;
}

/** All that deviates. @param found what each of `expected` was found to be, in its order */
export function deviationsIn(expected: readonly Expected[], found: readonly Found[]): readonly Deviation[] {
  return expected.flatMap((one, at) => deviationsOf(one as ExpectedOf<Kind>, found[at] as Found));
}

function deviationsOf<K extends Kind>(expected: ExpectedOf<K>, found: Found<K>): readonly Deviation[] {
  const { noun, gone, makeAgain, putRight, aspects } = KINDS[expected.kind];
  const deviation = (respect: string, says: string, command: string | undefined): Deviation => ({
    id: `${expected.kind} ${expected.name} ${respect}`,
    sentence: `${noun(expected)} ${says}`,
    ...(command !== undefined && { command }),
  });
  if (found === 'missing') return [deviation('missing', gone, makeAgain?.(expected))];
  if ('unreadable' in found) {
    return [deviation('unreadable', `cannot be looked at: ${plain(found.unreadable, 200)}`, undefined)];
  }
  const names = Object.keys(aspects) as (keyof Members[K])[];
  return names.flatMap((name) => {
    const aspect: Aspect<K, keyof Members[K]> | null = aspects[name];
    if (aspect === null) return [];
    const [is, must] = [found[name], expected.must[name]];
    if ((aspect.holds ?? same)(is, must)) return [];
    return [deviation(String(name), aspect.says(is, must), aspect.putRight?.(expected, found) ?? putRight?.(expected))];
  });
}
