/** Widest text a command prints, however wide the terminal is: longer lines are hard to read. */
export const textColumns = (columns: number): number => Math.min(columns, 100);

/** Lines of at most `width`, made of parts that stay whole. */
export const wrapParts = (parts: readonly string[], width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + 1 + part.length > width) {
      lines.push(line);
      line = part;
    } else line = line === '' ? part : `${line} ${part}`;
  }
  return line === '' ? lines : [...lines, line];
};

/** Breaks a text into lines of at most `width`, at spaces. */
export const wrap = (text: string, width: number): string[] => wrapParts(text.split(' '), width);

/** The same with what follows the first line indented. */
export const wrapIndented = (text: string, width: number, indent: string): string[] =>
  wrap(text, width - indent.length).map((line, i) => (i === 0 ? line : indent + line));
