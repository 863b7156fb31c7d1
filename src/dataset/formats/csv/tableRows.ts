import type { CellBytes, TableRows } from '../../types';
import type { TablePlan } from './plan';
import { RecordReader } from './recordReader';
import type { TableBytes } from './tableBytes';
import { usualFields } from './usualFields';

/** The tables' rows in the order they were scanned in; null where samples are pictures. */
export const tableRows = (
  plans: readonly TablePlan[],
  open: (file: string) => TableBytes,
): TableRows | null => {
  const [first] = plans;
  if (first === undefined) return null;
  if (plans.some(({ pictures, pixels }) => pictures !== null || pixels !== null)) return null;
  const { roles } = first;
  const usual = usualFields(open(first.file), {
    delimiter: first.delimiter,
    header: roles.header,
  });
  // A row that is too long makes the table look wider than it is.
  const features = first.features.filter((at) => at < usual);
  // Rows may leave out empty fields at their end, but none that is read.
  const least = 1 + Math.max(roles.label ?? 0, roles.split ?? 0, ...features);
  return {
    columns: features.map((at) => roles.columns[at]?.name ?? String(at + 1)),
    decimalComma: first.delimiter !== ',',
    read: (each) => {
      let row = 0;
      const { encoding } = open(first.file);
      for (const plan of plans) {
        const table = open(plan.file);
        const reader = new RecordReader(table, plan.delimiter.charCodeAt(0));
        // The same bytes are another text in another encoding.
        const isAlike = table.encoding === encoding;
        const cell = (column: number): string => reader.text(features[column] ?? -1);
        const bytes: CellBytes = {
          number: (column) => reader.number(features[column] ?? -1),
          find: (column, texts) => (isAlike ? reader.find(features[column] ?? -1, texts) : -1),
        };
        if (plan.roles.header) reader.read();
        while (reader.read()) {
          const isWhole = reader.fields >= least && reader.fields <= usual;
          if (!each(row, cell, isWhole, bytes)) return;
          row++;
        }
      }
    },
  };
};
