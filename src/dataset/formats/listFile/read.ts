import { LineReader } from '../../bytes/lineReader';
import { issue, issueOfMany } from '../../issues';
import type { FileSource, IndexSink } from '../../types';
import { insidePath } from './insidePath';

const linesPerTick = 4096;

/** What was odd in one list, for the issues at its end. */
export interface Oddities {
  damaged: number;
  firstDamaged: number;
  readonly outside: string[];
}

/** A line cut into what it names and the rest: bytes [start, nameEnd) are a path. */
interface NamedLine {
  readonly start: number;
  readonly nameEnd: number;
}

/**
 * Calls `each` for every line that `parse` takes, with its path below the pictures' folder. Throws
 * what the source throws.
 */
export const readList = <T extends NamedLine>(
  source: FileSource,
  path: string,
  sink: IndexSink,
  parse: (bytes: Uint8Array, from: number, to: number) => T | null,
  each: (name: string, line: T) => void,
): Oddities => {
  const odd: Oddities = { damaged: 0, firstDamaged: 0, outside: [] };
  const file = source.open(path);
  try {
    const lines = new LineReader(file);
    while (lines.read()) {
      if (lines.line % linesPerTick === 0) sink.tick(0);
      const found = parse(lines.bytes, lines.start, lines.end);
      if (found === null || found.nameEnd === found.start) {
        if (lines.bytes.toString('latin1', lines.start, lines.end).trim() === '') continue;
        odd.damaged++;
        if (odd.firstDamaged === 0) odd.firstDamaged = lines.line;
        continue;
      }
      const text = lines.bytes.toString('utf8', found.start, found.nameEnd);
      const name = insidePath(text);
      if (name === null) odd.outside.push(text);
      else each(name, found);
    }
    return odd;
  } finally {
    file.close();
  }
};

export const reportOddities = (
  { damaged, firstDamaged, outside }: Oddities,
  path: string,
  sink: IndexSink,
): void => {
  if (damaged > 0)
    sink.issue(
      issue('error', 'dataset/lines-damaged', {}, { path, line: firstDamaged, count: damaged }),
    );
  if (outside.length > 0)
    sink.issue(issueOfMany('warning', 'dataset/paths-outside', outside, { path }));
};
