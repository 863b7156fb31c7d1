import { LongtailError } from '../../common/errors';
import { toCsv } from '../../report/csv';
import { curvesOf } from '../../report/curves';
import { toHtml } from '../../report/html';
import { toJson } from '../../report/json';
import { toMarkdown } from '../../report/markdown';
import { toText } from '../../report/text';
import type { RunReport } from '../../report/types';
import { readEvents, readReport, readRun } from '../../run/runStore';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { findRun } from '../findRun';
import type { Io } from '../io';
import { freshPath, writeWhole } from '../output';

interface Found {
  readonly folder: string;
  readonly report: RunReport;
}

/** The report of a run, by any of the names `findRun` knows. */
const find = (name: string, io: Io): Found => {
  const folder = findRun(name, io);
  const report = readReport(folder);
  if (report !== null) return { folder, report };
  const run = readRun(folder);
  throw run === null
    ? new LongtailError('cli/report/not-a-run', { folder })
    : new LongtailError('cli/report/unfinished', { folder, state: run.record.state });
};

type Render = (found: readonly [Found, ...Found[]], io: Io) => string;

const reportsOf = ([first, ...rest]: readonly [Found, ...Found[]]): readonly [
  RunReport,
  ...RunReport[],
] => [first.report, ...rest.map(({ report }) => report)];

/** One row a format; without `--format` the terminal's own. */
const renderers: Readonly<Record<string, Render>> = {
  text: (found, io) => toText(reportsOf(found), io.paint),
  md: (found) => toMarkdown(reportsOf(found)),
  html: (found) =>
    toHtml(reportsOf(found), {
      curves: new Map(found.map(({ folder, report }) => [report.id, curvesOf(readEvents(folder))])),
    }),
  json: (found) => toJson(reportsOf(found)),
  csv: (found) => toCsv(reportsOf(found)),
};

export const report: Command = {
  name: 'report',
  positionals: ['RUN'],
  many: true,
  options: {
    format: { type: 'string', value: 'md|html|json|csv', about: 'report-format' },
    out: { type: 'string', value: 'FILE' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    const format = args.text('format') ?? 'text';
    const render = Object.hasOwn(renderers, format) ? renderers[format] : undefined;
    if (render === undefined)
      throw new LongtailError('cli/report/unknown-format', {
        format,
        known: Object.keys(renderers),
      });
    const out = args.text('out');
    const file = out === undefined ? null : freshPath(io, out, args.flag('force'));
    const [first, ...rest] = args.positionals.map((name) => find(name, io));
    if (first === undefined)
      throw new LongtailError('cli/missing-argument', { argument: 'RUN', command: 'report' });
    const text = render([first, ...rest], file === null ? io : { ...io, paint: (_, t) => t });
    if (file === null) await io.out(text);
    else {
      writeWhole(file, text);
      io.err(`${words('cli/report/written', { path: file })}\n`);
    }
    return exitCodes.done;
  },
};
