import { readFile } from 'node:fs/promises';
import { parseDocument, type ParsedDocument } from '../../core/template';
import type { Console } from '../console';

/** A plan of some thousand resources has some megabytes. */
const LARGEST = 200_000_000;

/** @throws Error with a clause for what cannot be read */
export async function textIn(name: string, { in: input }: Console): Promise<string> {
  const bytes = Buffer.from(name === '-' && input ? await input() : await readFile(name));
  if (bytes.length > LARGEST) throw new Error(`has ${bytes.length} bytes; allowed: at most ${LARGEST}`);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw new Error('is a packed plan; allowed: its text, by terraform show -json');
  return bytes.toString('utf8');
}

/** @throws Error with a clause for what cannot be read */
export const documentIn = async (name: string, console: Console): Promise<ParsedDocument> =>
  parseDocument(await textIn(name, console));

/** What a text that declares anything of ours spells, but for one that was written to hide it. */
const OURS = /AWS::(OpenSearchService|Elasticsearch)::|aws(cc)?_(opensearch|elasticsearch)/;

/**
 * The document in a file that may be none: `undefined` for one that cannot be parsed and is not about domains either, such as a
 * template of another tool.
 * @throws Error with a clause for one that is about domains and cannot be read
 */
export async function documentIfAny(name: string, console: Console): Promise<ParsedDocument | undefined> {
  const text = await textIn(name, console);
  try {
    return parseDocument(text);
  } catch (error) {
    if (OURS.test(text)) throw error;
    return undefined;
  }
}
