import { JsonItems } from '../bytes/jsonItems';
import { LineReader } from '../bytes/lineReader';
import { openBytes } from '../bytes/openBytes';
import { isObject } from '../formats/jsonl/isObject';
import { featureText } from '../formats/records/features';
import type { OpenFile } from '../types';
import type { NewRows, RowsOpener } from './types';

type Values = (file: OpenFile) => Generator;

/** One value a line that is not empty; null for what is no JSON. */
const ofLines: Values = function* (file) {
  const reader = new LineReader(file, file.read(0, 1)[0] === 0xef ? 3 : 0);
  while (reader.read()) {
    const text = reader.bytes.toString('utf8', reader.start, reader.end).trim();
    if (text === '') continue;
    let value: unknown = null;
    try {
      value = JSON.parse(text.replace(/,$/, ''));
    } catch {
      // A row all the same, and no whole one.
    }
    yield value;
  }
};

const ofList: Values = function* (file) {
  const items = new JsonItems(file);
  while (items.read()) yield items.value();
  if (items.isCut) yield null;
};

const rowsOf = (file: OpenFile, values: Values, wanted: readonly string[]): NewRows => {
  const columns = new Set<string>();
  let count = 0;
  for (const value of values(file)) {
    count++;
    if (isObject(value)) for (const key of Object.keys(value)) columns.add(key);
  }
  return {
    count,
    columns: [...columns],
    decimalComma: false,
    each: function* () {
      let number = 0;
      for (const value of values(file)) {
        const own = isObject(value) ? new Map(Object.entries(value)) : null;
        yield {
          number: ++number,
          cell: (column) => featureText(own?.get(wanted[column] ?? '')),
          isWhole: own !== null,
        };
      }
    },
    close: () => file.close(),
  };
};

/** Records of JSON, one a line. */
export const jsonLines: RowsOpener = (source, path, wanted) =>
  rowsOf(openBytes(source, path), ofLines, wanted);

/** Records of JSON in one list. */
export const jsonList: RowsOpener = (source, path, wanted) =>
  rowsOf(openBytes(source, path), ofList, wanted);
