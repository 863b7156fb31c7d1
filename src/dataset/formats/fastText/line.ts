const prefix = Buffer.from('__label__');

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

const hasPrefix = (bytes: Buffer, at: number, end: number): boolean => {
  if (end - at < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
};

/** What a line of fastText has beside its text. */
export interface FastTextLine {
  /** Without the prefix, in order; a label of no letters is left out. */
  readonly labels: readonly string[];
  /** Whether there is a label without letters. */
  readonly hasEmpty: boolean;
}

/** Labels of the line in bytes [start, end): the words with the prefix, wherever they stand. */
export const lineLabels = (bytes: Buffer, start: number, end: number): FastTextLine => {
  const labels: string[] = [];
  let hasEmpty = false;
  // Words are looked at only where the prefix occurs at all.
  for (let at = bytes.indexOf(prefix, start); at >= 0 && at < end;) {
    let to = at;
    while (to < end && !isBlank(bytes[to] ?? 0)) to++;
    const isWord = at === start || isBlank(bytes[at - 1] ?? 0);
    if (isWord && hasPrefix(bytes, at, end)) {
      const name = bytes.toString('utf8', at + prefix.length, to);
      if (name === '') hasEmpty = true;
      else if (!labels.includes(name)) labels.push(name);
    }
    at = bytes.indexOf(prefix, to);
  }
  return { labels, hasEmpty };
};

/** The line's words that are no labels, with single blanks between. */
export const lineText = (line: string): string =>
  line
    .split(/[ \t\v\f\r\n]+/)
    .filter((word) => word !== '' && !word.startsWith('__label__'))
    .join(' ');

/** Whether nine tenths of the lines of a file's head, those with a text, have a label. */
export const isFastText = (head: Uint8Array): boolean => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const lines: number[] = [];
  for (let from = 0; from < bytes.length && lines.length < 200;) {
    const found = bytes.indexOf(0x0a, from);
    const to = found < 0 ? bytes.length : found;
    if (to - from > 1) lines.push(lineLabels(bytes, from, to).labels.length);
    from = to + 1;
  }
  return lines.length > 0 && lines.filter((labels) => labels > 0).length >= 0.9 * lines.length;
};
