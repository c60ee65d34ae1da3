import { isObject } from '../base/members';
import { isWanted, sorted, type LogFileContent } from './content';
import { DEEPEST, type Search } from './search';

/**
 * Parses a whole log file: the plain reading, which every shortcut must agree with. A byte order mark is ignored.
 * @throws Error when the text is not JSON, is nested too deep, or is neither a log file nor a digest nor an aggregated file
 */
export function parseContent(json: Buffer, search: Search): LogFileContent {
  requireShallow(json, search);
  const document = parseJson(json.toString('utf8').replace(/^\uFEFF/, ''));
  const rawBytes = json.length;
  if (isObject(document) && Array.isArray(document['Records'])) {
    return { kind: 'records', ...sorted(document['Records'], search.others), rawBytes };
  }
  const nothing = { records: [], otherRecords: [], rawBytes };
  if (isDigest(document)) return { kind: 'digest', ...nothing };
  // Aggregated files are bare arrays of data events. A bare array with a wanted record is a mangled copy.
  const isMangled = Array.isArray(document) && document.some((record) => isWanted(record, search.others));
  if (Array.isArray(document) && !isMangled) return { kind: 'aggregated', ...nothing };
  throw new Error(`log file has no Records list: got ${shapeOf(document)}, allowed: {"Records": [...]}`);
}

/**
 * The wanted records among elements of a log file's list, parsed one by one.
 * @throws Error when one that may be wanted is not JSON or is nested too deep
 */
export function elementParser(search: Search) {
  const found: unknown[] = [];
  return {
    /** @param isDeep whether it is nested deeper than `DEEPEST` levels */
    read(element: Buffer, isDeep: boolean): void {
      if (isDeep && !search.mayHold(element)) return;
      if (isDeep) throw new Error(`log file has a record nested deeper than ${DEEPEST} levels`);
      const record = parseJson(element.toString('utf8'));
      if (isWanted(record, search.others)) found.push(record);
    },
    wanted: () => sorted(found, search.others),
  };
}

/** The parser takes sixty bytes for each bracket that is open. */
function requireShallow(json: Buffer, search: Search): void {
  let isDeep = false;
  const end = search.walk('all')(json, (_start, _end, isElementDeep) => (isDeep ||= isElementDeep));
  if (isDeep || end.isDeep) throw new Error(`log file is nested deeper than ${DEEPEST} levels`);
}

/** @throws Error when `text` is not JSON */
function parseJson(text: string): unknown {
  const parsed = attempt(text);
  if ('fault' in parsed) throw new Error(`log file is not JSON: ${parsed.fault}`);
  return parsed.value;
}

/** The parser quotes what stands around the fault, which may be a secret: neither that nor the parser's error is told. */
function attempt(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: error.message.replace(/, (\.\.\.)?".*$/su, '') };
  }
}

function isDigest(document: unknown): boolean {
  return isObject(document) && Array.isArray(document['logFiles']) && 'digestS3Bucket' in document;
}

function shapeOf(document: unknown): string {
  if (Array.isArray(document)) return `a list of ${document.length} without an object around it`;
  if (!isObject(document)) return document === null ? 'null' : `a ${typeof document}`;
  if ('Records' in document)
    return `Records of type ${document['Records'] === null ? 'null' : typeof document['Records']}`;
  const keys = Object.keys(document);
  return keys.length === 0 ? '{}' : `an object with ${keys.slice(0, 5).join(', ').slice(0, 200)}`;
}
