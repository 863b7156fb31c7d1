import { LineReader } from '../../bytes/lineReader';
import type { OpenFile, TableRows } from '../../types';
import { featureText } from '../records/features';
import type { RecordFiles } from './files';
import { isObject } from './isObject';
import { Skimmer } from './skim';

const parse = (line: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(line.trim().replace(/,$/, ''));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

/** The records as rows of a table, in the order of the index: one a line that was counted. */
export const recordRows = (files: RecordFiles, open: (file: string) => OpenFile): TableRows => {
  const { features, label } = files.plan;
  return {
    columns: features,
    decimalComma: false,
    read: (each) => {
      let row = 0;
      const skimmer = new Skimmer([label?.path[0] ?? '']);
      for (const { file } of files.chosen) {
        const bytes = open(file);
        const reader = new LineReader(bytes, bytes.read(0, 1)[0] === 0xef ? 3 : 0);
        while (reader.read()) {
          if (skimmer.read(reader.bytes, reader.start, reader.end) !== 'record') continue;
          const record = parse(reader.bytes.toString('utf8', reader.start, reader.end));
          const cell = (column: number): string => featureText(record?.[features[column] ?? '']);
          if (!each(row, cell, record !== null)) return;
          row++;
        }
      }
    },
  };
};
