/**
 * The rows of a table of comma-separated values, header included: a cell in quotation marks may hold commas, line breaks
 * and, doubled, quotation marks (RFC 4180). A quotation mark that is not closed reaches to the end.
 */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at + 1) : bareCell(text, at);
    row.push(cell);
    at = end + 1;
    if (text[end] === ',' && at < text.length) continue;
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A cell and the index of what ends it: a comma, a line break or the end of the text. */
interface Cell {
  readonly cell: string;
  readonly end: number;
}

function bareCell(text: string, start: number): Cell {
  const end = endOfCell(text, start);
  return { cell: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell {
  let cell = '';
  let from = start;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { cell: cell + text.slice(from), end: text.length };
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { cell, end: endOfCell(text, quote + 1) };
    cell += '"';
    from = quote + 2;
  }
}

const ENDS = /[,\r\n]/g;

function endOfCell(text: string, from: number): number {
  ENDS.lastIndex = from;
  return ENDS.exec(text)?.index ?? text.length;
}
