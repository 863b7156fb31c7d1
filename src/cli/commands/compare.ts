import { LongtailError } from '../../common/errors';
import { comparisonCsv, comparisonData } from '../../report/comparison/data';
import { comparedWith, groupsOf, usualReference } from '../../report/comparison/difference';
import { comparisonMarkdown, comparisonText } from '../../report/comparison/render';
import type { RunComparison, RunGroup } from '../../report/comparison/types';
import { exitCodes, type Command } from '../command';
import { comparedRuns } from '../comparedRuns';
import { findRun, type FoundRun } from '../findRun';
import type { Io } from '../io';
import { writeAs } from '../output';

/** One row a format; without `--format` the terminal's own. */
const renderers: Readonly<Record<string, (comparison: RunComparison, io: Io) => string>> = {
  text: (comparison, io) => comparisonText(comparison, io.paint),
  md: (comparison) => comparisonMarkdown(comparison),
  json: (comparison) => `${JSON.stringify(comparisonData(comparison), null, 2)}\n`,
  csv: (comparison) => comparisonCsv(comparison),
};

/** Place of the group that the others are held against: `plain`, or the one a named run is in. */
const referencePlace = (
  asked: string | undefined,
  groups: readonly RunGroup[],
  find: (name: string) => FoundRun,
): number => {
  if (asked === undefined) return usualReference(groups);
  const fits = (group: RunGroup): boolean =>
    asked === 'plain'
      ? group.role === 'plain'
      : group.runs.some(({ report }) => report.id === find(asked).report.id);
  const place = groups.findIndex(fits);
  if (place === -1) throw new LongtailError('cli/compare/no-reference', { run: asked });
  return place;
};

export const compare: Command = {
  name: 'compare',
  positionals: ['RUN'],
  many: true,
  options: {
    against: { type: 'string', value: 'RUN|plain' },
    format: { type: 'string', value: 'md|json|csv', about: 'compare-format' },
    out: { type: 'string', value: 'FILE', about: 'report-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    await writeAs(renderers, args, io, {
      make: () => {
        const runs = comparedRuns(
          args.positionals.map((name) => findRun(name, io)),
          io,
        );
        if (runs.length < 2) throw new LongtailError('cli/compare/one-run');
        const groups = groupsOf(runs);
        const place = referencePlace(args.text('against'), groups, (name) => findRun(name, io));
        return comparedWith(groups, place);
      },
      datasetsOf: ({ groups }) =>
        groups.flatMap(({ runs }) => runs.map((run) => run.report.dataset.root)),
    });
    return exitCodes.done;
  },
};
