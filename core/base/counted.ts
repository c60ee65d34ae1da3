/** `1 alert`, `2 alerts`: for nouns whose plural ends in an s. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
