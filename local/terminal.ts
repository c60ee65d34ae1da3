import type { Step } from './running-stack';

/** Where the demo writes: a person's terminal, or a file. */
export interface Terminal {
  /** One line. */
  line(text?: string): void;
  /** Does a piece of work: one line when it is done, with its time; meanwhile a line that moves, on a terminal. */
  readonly step: Step;
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
}

type Style = (text: string) => string;

export const WIDTH = 80;

const TITLE_WIDTH = 22;

/** Colours and moving lines only for a terminal that can show them; no colours where NO_COLOR is set. */
export function openTerminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const isLive = stream.isTTY && env['TERM'] !== 'dumb';
  const hasColours = isLive && !env['NO_COLOR'];
  const style =
    (on: number, off: number): Style =>
    (text) =>
      hasColours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  const [bold, dim, red, green] = [style(1, 22), style(2, 22), style(31, 39), style(32, 39)];

  const running = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const erase = (): string => (isLive ? '\r\u001b[2K' : '');

  const line = (text = ''): void => {
    stream.write(`${erase()}${text}\n`);
    draw();
  };

  function draw(): void {
    const [title] = [...running.keys()].slice(-1);
    if (!isLive || title === undefined) return;
    const seconds = (performance.now() - (running.get(title) ?? 0)) / 1000;
    stream.write(`${erase()}  ${dim('·')} ${title.padEnd(TITLE_WIDTH)} ${dim(`${seconds.toFixed(1)} s`.padStart(6))}`);
  }

  return {
    line,
    bold,
    dim,
    red,
    green,
    async step(title, work, toDetail) {
      const start = performance.now();
      running.set(title, start);
      if (isLive) timer ??= setInterval(draw, 100);
      let mark = red('✗');
      let detail = '';
      try {
        const result = await work();
        mark = green('✓');
        detail = toDetail(result);
        return result;
      } finally {
        running.delete(title);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(6);
        line(`  ${mark} ${title.padEnd(TITLE_WIDTH)} ${dim(seconds)}  ${detail}`.trimEnd());
      }
    },
  };
}

/** `text` in lines of at most `width` characters, as a mail program shows it; what is indented stays indented. */
export function folded(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const lines: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const space = rest.lastIndexOf(' ', width);
      // A word longer than half a line, an address, is cut rather than moved.
      const end = space > Math.max(indent.length, width / 2) ? space : width;
      lines.push(rest.slice(0, end));
      rest = indent + rest.slice(end).trimStart();
    }
    return [...lines, rest];
  });
}
