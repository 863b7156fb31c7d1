import { LongtailError } from '../../common/errors';
import { curvesOf } from '../../report/curves';
import { reportFormats, type ReportFormat } from '../../report/formatNames';
import { renderReports } from '../../report/formats';
import { toText } from '../../report/text';
import type { RunReport } from '../../report/types';
import { readEvents } from '../../run/runStore';
import { exitCodes, type Command } from '../command';
import { findRun, type FoundRun } from '../findRun';
import type { Io } from '../io';
import { writeAs } from '../output';

type Render = (found: readonly [FoundRun, ...FoundRun[]], io: Io) => string;

const reportsOf = ([first, ...rest]: readonly [FoundRun, ...FoundRun[]]): readonly [
  RunReport,
  ...RunReport[],
] => [first.report, ...rest.map(({ report }) => report)];

/** A format that the editor writes too; curves are of the runs' events. */
const inFile =
  (format: ReportFormat): Render =>
  (found) =>
    renderReports(
      format,
      reportsOf(found),
      () => new Map(found.map(({ folder, report }) => [report.id, curvesOf(readEvents(folder))])),
    );

/** One row a format; without `--format` the terminal's own. */
const renderers: Readonly<Record<string, Render>> = {
  text: (found, io) => toText(reportsOf(found), io.paint),
  ...Object.fromEntries(reportFormats.map((format) => [format, inFile(format)])),
};

export const report: Command = {
  name: 'report',
  positionals: ['RUN'],
  many: true,
  options: {
    format: { type: 'string', value: 'md|html|json|csv', about: 'report-format' },
    out: { type: 'string', value: 'FILE', about: 'report-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    await writeAs(renderers, args, io, {
      make: () => {
        const [first, ...rest] = args.positionals.map((name) => findRun(name, io));
        if (first === undefined)
          throw new LongtailError('cli/missing-argument', { argument: 'RUN', command: 'report' });
        return [first, ...rest] as const;
      },
      datasetsOf: (found) => found.map((run) => run.report.dataset.root),
    });
    return exitCodes.done;
  },
};
