/**
 * A text of which every letter may stand in either case. EventBridge offers each UTF-16 unit of the pattern in its whole
 * lower and upper form and leaves the event as it is: the pattern `ß` matches `SS`, the pattern `ss` does not match `ß`.
 */
export type EitherCase = readonly (readonly [lower: string, upper: string])[];

export function inEitherCase(text: string): EitherCase {
  return Array.from({ length: text.length }, (_, at) => [text.charAt(at).toLowerCase(), text.charAt(at).toUpperCase()]);
}

export function equalsInEitherCase(wanted: EitherCase, text: string): boolean {
  return endOfStart(wanted, text) === text.length;
}

export function startsInEitherCase(wanted: EitherCase, text: string): boolean {
  return endOfStart(wanted, text) >= 0;
}

export function endsInEitherCase(wanted: EitherCase, text: string): boolean {
  let end = text.length;
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    const form = wanted[at]?.find((candidate) => text.endsWith(candidate, end));
    if (form === undefined) return false;
    end -= form.length;
  }
  return true;
}

/** Where the text goes on after all of `wanted`, -1 if it does not begin so. Both forms never fit at one place. */
function endOfStart(wanted: EitherCase, text: string): number {
  let end = 0;
  for (const forms of wanted) {
    const form = forms.find((candidate) => text.startsWith(candidate, end));
    if (form === undefined) return -1;
    end += form.length;
  }
  return end;
}
