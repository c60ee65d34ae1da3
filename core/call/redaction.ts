/** Stands for what was taken out. */
export const REDACTED = '(redacted)';

/** A shorter value is a word, such as `admin`, which stands in other texts for other reasons. */
export const SHORTEST_SECRET = 6;

/** So many characters are compared for all texts. Records that nobody made for it take a thousandth of it. */
const MOST_COMPARED = 5_000_000;

/** As many are looked for one after another, before a text is gone through letter by letter. */
const FEW = 8;

/**
 * What takes secrets, each of `SHORTEST_SECRET` characters at least, out of texts. Once telling them apart would take more
 * than is allowed, all from where one may begin is taken for it: whoever writes the record chooses what is compared, and is
 * not to choose that nothing is told.
 */
export function redactionOf(secrets: readonly string[]): (text: string) => string {
  const byBeginning = groupsOf(secrets);
  const firstLetters = new Set(secrets.map((secret) => secret.charCodeAt(0)));
  let left = MOST_COMPARED;

  /** The length of the longest secret that begins here, 0 where none does. */
  const lengthAt = (text: string, at: number): number => {
    if (!firstLetters.has(text.charCodeAt(at))) return 0;
    for (const secret of byBeginning.get(text.slice(at, at + SHORTEST_SECRET)) ?? []) {
      if (left < 0) return text.length - at;
      left -= secret.length;
      // Where much is alike, twice as quick as startsWith.
      if (text.slice(at, at + secret.length) === secret) return secret.length;
    }
    return 0;
  };

  const beginnings = [...byBeginning.keys()];
  const holdsNone = (text: string): boolean =>
    beginnings.length <= FEW && !beginnings.some((beginning) => text.includes(beginning));

  return (text) => {
    if (holdsNone(text)) return text;
    let shown = '';
    let end = 0;
    for (let at = 0; at + SHORTEST_SECRET <= text.length; at += 1) {
      const length = lengthAt(text, at);
      if (length === 0) continue;
      if (at >= end) shown += text.slice(end, at) + REDACTED;
      end = Math.max(end, at + length);
      if (end === text.length) break;
    }
    return shown + text.slice(end);
  };
}

/** The secrets by their first characters, the longest first. */
function groupsOf(secrets: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const secret of [...new Set(secrets)].toSorted((a, b) => b.length - a.length)) {
    const beginning = secret.slice(0, SHORTEST_SECRET);
    const group = groups.get(beginning);
    if (group) group.push(secret);
    else groups.set(beginning, [secret]);
  }
  return groups;
}
