import { LineReader } from '../bytes/lineReader';
import { openBytes } from '../bytes/openBytes';
import { lineText } from '../formats/fastText/line';
import { countOf } from './countOf';
import type { RowsOpener } from './types';

/** A text a line, as fastText has them: words that begin with `__label__` belong to none. */
export const lineRows: RowsOpener = (source, path, wanted) => {
  const file = openBytes(source, path);
  const texts = function* (): Generator<string> {
    const marked = file.read(0, 1)[0] === 0xef;
    const reader = new LineReader(file, marked ? 3 : 0);
    while (reader.read()) {
      const text = lineText(reader.bytes.toString('utf8', reader.start, reader.end));
      if (text !== '') yield text;
    }
  };
  return {
    count: countOf(texts()),
    // The one column there is, whatever it was called.
    columns: wanted,
    decimalComma: false,
    each: function* () {
      let number = 0;
      for (const text of texts()) yield { number: ++number, cell: () => text, isWhole: true };
    },
    close: () => file.close(),
  };
};
