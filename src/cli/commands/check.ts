import { resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { baselineOf, readBaseline, writeBaseline } from '../../check/baseline';
import { checkProfile } from '../../check/check';
import { countLimits } from '../../check/limits';
import type { CheckReport } from '../../check/types';
import { nearest } from '../../config/nearest';
import { checkMarkdown } from '../../report/check/markdown';
import { checkSarif } from '../../report/check/sarif';
import { verdict } from '../../report/check/sentences';
import { checkText } from '../../report/check/text';
import { words } from '../../words/say';
import type { Args } from '../args';
import { askedLimits, type AskedLimits } from '../checkLimits';
import { placeFindings, repositoryOf, seenFrom } from '../checkPlaces';
import { exitCodes, type Command } from '../command';
import { readText } from '../configFile';
import type { Io } from '../io';
import { freshPath, keepOutside, writeWhole } from '../output';
import { profileOf, scanOptions, type Profiled } from '../profileOf';

const outputs = ['text', 'json', 'sarif', 'markdown'] as const;
type Output = (typeof outputs)[number];

const isOutput = (word: string): word is Output => outputs.some((known) => known === word);

/** What to write and where, in pairs: the first --format goes to the first --out, one without to stdout. */
const wanted = (
  args: Args,
  io: Io,
): readonly { readonly kind: Output; readonly path: string | null }[] => {
  const kinds = args.texts('format');
  const files = args.texts('out');
  if (files.length > Math.max(1, kinds.length)) throw new LongtailError('cli/check/more-out');
  return (kinds.length === 0 ? ['text'] : kinds).map((kind, i) => {
    if (!isOutput(kind)) {
      const near = nearest(kind, outputs);
      throw near === null
        ? new LongtailError('cli/check/unknown-format', { format: kind, known: outputs })
        : new LongtailError('cli/check/unknown-format-near', { format: kind, near });
    }
    const file = files[i];
    return {
      kind,
      path: file === undefined || file === '-' ? null : freshPath(io, file, args.flag('force')),
    };
  });
};

/** The file of the next baseline, never inside the dataset. */
const nextBaseline = (args: Args, io: Io, dataset: string): string | null => {
  const named = args.text('write-baseline');
  if (named === undefined) return null;
  const path = resolve(io.cwd, named);
  keepOutside(path, dataset);
  return path;
};

const hasSamples = ({ classes }: Profiled['profile']): boolean =>
  classes.some(({ count }) => count > 0);

const rendered = (
  report: CheckReport,
  kind: Output,
  { io, asked, repository }: { io: Io; asked: AskedLimits; repository: string },
): string => {
  switch (kind) {
    case 'text':
      return checkText(report, io.paint);
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'markdown':
      return checkMarkdown(report);
    case 'sarif': {
      const file = asked.limitsFile ?? asked.baselineFile ?? report.dataset.root;
      return checkSarif(report, { path: seenFrom(repository, file) });
    }
  }
};

/** A check for CI: the classes of a dataset against limits and against an earlier state. */
export const check: Command = {
  name: 'check',
  positionals: ['PATH'],
  options: {
    'max-imbalance': { type: 'string', value: 'N' },
    'min-class': { type: 'string', value: 'N|NAME=N', many: true },
    'min-split-class': { type: 'string', value: 'SPLIT=N', many: true },
    'class-limits': { type: 'string', value: 'FILE' },
    max: { type: 'string', value: 'METRIC=N', many: true },
    min: { type: 'string', value: 'METRIC=N', many: true },
    limits: { type: 'string', value: 'FILE' },
    baseline: { type: 'string', value: 'FILE' },
    'max-drop': { type: 'string', value: 'SHARE' },
    'write-baseline': { type: 'string', value: 'FILE' },
    ...scanOptions,
    format: { type: 'string', value: outputs.join('|'), many: true, about: 'check-format' },
    'dataset-format': { type: 'string', value: 'F', about: 'format' },
    out: { type: 'string', value: 'FILE', many: true, about: 'check-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    const asked = askedLimits(args, io);
    const files = wanted(args, io);
    const { limits, baselineFile } = asked;
    if (countLimits(limits) === 0 && baselineFile === null && !args.texts('write-baseline')[0])
      throw new LongtailError('cli/check/nothing');
    const text = baselineFile === null ? null : readText(baselineFile);
    const before = text === null || baselineFile === null ? null : readBaseline(text, baselineFile);
    const { profile, index } = await profileOf(args, io, 'dataset-format');
    for (const { path } of files) if (path !== null) keepOutside(path, index.root);
    const written = nextBaseline(args, io, index.root);
    if (!hasSamples(profile) && before === null)
      throw new LongtailError('cli/check/no-samples', { path: profile.dataset.root });
    const found = checkProfile(profile, limits, before);
    const repository = repositoryOf(index.root, io.cwd);
    const report = {
      ...found,
      findings: placeFindings(found.findings, {
        ...{ index, profiledSplit: profile.profiledSplit, repository },
        baseline: text === null || baselineFile === null ? null : { path: baselineFile, text },
      }),
    };
    for (const { kind, path } of files) {
      const output = rendered(report, kind, { io, asked, repository });
      if (path === null) await io.out(output);
      else writeWhole(path, output);
    }
    if (written !== null) {
      writeWhole(written, writeBaseline(baselineOf(profile)));
      io.err(`${words('cli/check/baseline-written', { path: written })}\n`);
    }
    io.err(`${verdict(report)}\n`);
    return report.passed ? exitCodes.done : exitCodes.checkFailed;
  },
};
