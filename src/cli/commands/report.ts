import { LongtailError } from '../../common/errors';
import { diagnosisOf } from '../../outputs/diagnosis';
import { curvesOf } from '../../report/curves';
import { reportFormats, type ReportFormat } from '../../report/formatNames';
import { renderReports } from '../../report/formats';
import { toText } from '../../report/text';
import type { RunReport } from '../../report/types';
import { readEvents } from '../../run/runStore';
import { exitCodes, type Command } from '../command';
import { baselineOf } from '../comparedRuns';
import { findRun, type FoundRun } from '../findRun';
import type { Io } from '../io';
import { writeAs } from '../output';

type Render = (found: readonly [FoundRun, ...FoundRun[]], io: Io) => string;

const reportsOf = ([first, ...rest]: readonly [FoundRun, ...FoundRun[]]): readonly [
  RunReport,
  ...RunReport[],
] => [first.report, ...rest.map(({ report }) => report)];

/** A format that the editor writes too; curves and outputs are those in the runs' folders. */
const inFile =
  (format: ReportFormat): Render =>
  (found, io) =>
    renderReports(format, reportsOf(found), () => ({
      curves: new Map(found.map(({ folder, report }) => [report.id, curvesOf(readEvents(folder))])),
      diagnoses: new Map(
        found.flatMap((run) => {
          const { folder, report } = run;
          const baseline = baselineOf(run, io)?.folder ?? null;
          const diagnosis = diagnosisOf(report, { own: folder, baseline });
          return diagnosis === null ? [] : [[report.id, diagnosis]];
        }),
      ),
    }));

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
