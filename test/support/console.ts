import type { Console } from '../../cli/console';

/** What a command wrote, and its exit code. */
export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `command` with a console that remembers, of somebody who watches or of nobody. */
export async function toldBy(
  command: (console: Console) => Promise<number>,
  { isInteractive = false } = {},
): Promise<Told> {
  let [out, err] = ['', ''];
  const code = await command({ out: (text) => (out += text), err: (text) => (err += text), isInteractive });
  return { code, out, err };
}
