import { parseNpy } from '../arrays/npy';
import { withNpz } from '../arrays/npz';
import type { NamedArray } from '../arrays/npy';
import type { RowsOpener } from './types';
import type { FileSource } from '../types';

const readNpy = (source: FileSource, path: string): NamedArray => {
  const file = source.open(path);
  try {
    return parseNpy(file.read(0, file.size), { path, name: '' });
  } finally {
    file.close();
  }
};

/** The one array of rows in an archive, beside labels perhaps; one without rows where there are more. */
const readNpz = (source: FileSource, path: string): NamedArray =>
  withNpz(source, path, (arrays) => {
    const [only, ...others] = arrays.filter(({ shape }) => shape.length === 2);
    return only === undefined || others.length > 0
      ? { shape: [0, 0], values: new Float32Array(), integer: false }
      : only.read();
  });

/** Rows of an array (N, D), their columns called f0, f1 … */
export const arrayRows: RowsOpener = (source, path, wanted) => {
  const { shape, values } = path.toLowerCase().endsWith('z')
    ? readNpz(source, path)
    : readNpy(source, path);
  const [count = 0, width = 0] = shape.length === 2 ? shape : [];
  const columns = Array.from({ length: width }, (_, i) => `f${i}`);
  const places = wanted.map((name) => columns.indexOf(name));
  return {
    count,
    columns,
    decimalComma: false,
    each: function* () {
      for (let row = 0; row < count; row++)
        yield {
          number: row + 1,
          cell: (column) => String(values[row * width + (places[column] ?? 0)] ?? ''),
          isWhole: true,
        };
    },
    close: () => undefined,
  };
};
