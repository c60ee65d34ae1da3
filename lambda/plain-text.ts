/**
 * Text written by strangers, made safe to show: user agents, session names, domain names, statement ids and error
 * messages come from whoever made the call.
 */

/**
 * One line of at most `maxLength` characters. Line breaks and control characters become a space; characters that only
 * steer the display, such as right-to-left overrides and zero-width ones, are shown by their number: `[U+202E]`.
 */
export function plain(text: string, maxLength: number): string {
  // An escape is up to nine characters long, and a pair of surrogates is one character.
  const line = text
    .slice(0, maxLength * 2 + 1)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(
      /\p{Cf}/gu,
      (character) => `[U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}]`,
    )
    .trim();
  return shortened(line, maxLength);
}

/** `text` cut to `maxLength` characters, with an ellipsis where something was cut. */
export function shortened(text: string, maxLength: number, ellipsis = '…'): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - ellipsis.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end) + ellipsis;
}

/** Printable ASCII of at most `maxLength` characters; what is not ASCII becomes `?`. */
export function ascii(text: string, maxLength: number): string {
  return shortened(
    plain(text, maxLength)
      .replace(/…/g, '...')
      .replace(/[^\x20-\x7e]/gu, '?'),
    maxLength,
    '...',
  );
}

/**
 * `text` in lines of at most `width` characters; a longer word keeps a line of its own. The first line begins with
 * `first`, the others with as many spaces.
 */
export function wrapped(text: string, width: number, first = ''): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && first.length + line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line, at) => (at === 0 ? first : ' '.repeat(first.length)) + line).join('\n');
}
