import type { TablePlan } from '../formats/csv/plan';
import { RecordReader } from '../formats/csv/recordReader';
import { openTable } from '../formats/csv/tableBytes';
import { findTables } from '../formats/csv/tables';
import { join } from '../formats/folders';
import {
  lineSpan,
  LineCounter,
  outsideTrain,
  ProblemList,
  rarerSpellings,
  wholeLines,
} from './common';
import type { CheckLabelFiles, FileProblem, LabelFacts, Span } from './types';

/** Where a field stands in its line; null with quotes, which may hold delimiters. */
const fieldSpan = (text: string, line: number, at: number, delimiter: string): Span | null => {
  if (text.includes('"')) return null;
  const fields = text.split(delimiter);
  const before = fields.slice(0, at).reduce((sum, field) => sum + field.length + 1, 0);
  const field = fields[at];
  if (field === undefined) return null;
  const startColumn = before + (field.length - field.trimStart().length);
  return {
    startLine: line,
    startColumn,
    endLine: line,
    endColumn: startColumn + field.trim().length,
  };
};

/** Rows that say everything again are mistakes where they name pictures; of numbers they may be true. */
const repeatSeverity = ({ pictures, boxes }: TablePlan): FileProblem['severity'] =>
  pictures !== null || boxes !== null ? 'warning' : 'info';

const checkTable = (
  plan: TablePlan,
  bytes: Buffer,
  reader: RecordReader,
  facts: LabelFacts,
): readonly FileProblem[] => {
  const problems = new ProblemList();
  const lines = new LineCounter(bytes);
  const seen = new Map<string, number>();
  const said = new Set<string>();
  const absent = outsideTrain(facts);
  const spellings = rarerSpellings(facts);
  const { label, header } = plan.roles;
  const hasLabel = label !== null && plan.flags === null && plan.cells.kind === 'single';
  // Labels alone repeat by nature.
  const mayRepeat = plan.pictures !== null || plan.features.length > 0;
  let isHeader = header;
  while (reader.read() && !problems.isFull) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const text = bytes.toString('utf8', reader.offset, reader.offset + reader.length);
    const { line } = lines.place(reader.offset);
    const height = text.split('\n').length;
    const earlier = seen.get(text);
    if (mayRepeat && earlier !== undefined)
      problems.add(
        repeatSeverity(plan),
        { code: 'labelFiles/repeated-row', params: { line: earlier + 1 } },
        lineSpan(line, text),
        [
          {
            title: { code: 'labelFiles/fix/remove-row', params: {} },
            edits: [{ span: wholeLines(line, height), text: '' }],
          },
        ],
      );
    else seen.set(text, line);
    if (!hasLabel) continue;
    const name = reader.text(label).trim();
    const field = height === 1 ? fieldSpan(text, line, label, plan.delimiter) : null;
    const span = field ?? lineSpan(line, text);
    const usual = spellings.get(name);
    if (usual !== undefined)
      problems.add(
        'warning',
        { code: 'labelFiles/spelling', params: { name, usual } },
        span,
        field === null
          ? []
          : [
              {
                title: { code: 'labelFiles/fix/spelling', params: { usual } },
                edits: [{ span: field, text: usual }],
              },
            ],
      );
    const splits = absent.get(name);
    if (splits === undefined || said.has(name)) continue;
    said.add(name);
    problems.add('warning', { code: 'labelFiles/not-in-train', params: { name, splits } }, span);
  }
  return problems.found;
};

/** Rows of tables: repeated ones, labels spelt in two ways, classes that are not trained on. */
export const checkCsv: CheckLabelFiles = ({ source, root, options, facts }, read) => {
  const tables = findTables(source, root, options);
  const found = new Map<string, readonly FileProblem[]>();
  for (const plan of tables?.chosen ?? []) {
    const path = join(tables?.folder ?? '', plan.file);
    const bytes = read(path);
    if (bytes === null) continue;
    const table = openTable(source, path);
    try {
      // Offsets of a converted table are not those of its file.
      if (table.encoding !== 'utf-8' || table.size !== bytes.length) continue;
      const reader = new RecordReader(table, plan.delimiter.charCodeAt(0));
      found.set(path, checkTable(plan, bytes, reader, facts));
    } finally {
      table.close();
    }
  }
  return found;
};
