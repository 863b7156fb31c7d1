import type { DryRun, OverEpochs, PreviewClass } from '../config/preview/types';
import { byRank, rankFrequency } from '../charts/rankFrequency';
import { svgText } from '../charts/shape';
import { say, words } from '../words/say';
import { bandsSentence } from './facts';
import { bandName } from './headline';
import { escapeMarkdown, tableLines } from './markdown';
import { previewChartStyle } from './previewStyle';
import { duration, integer, missing, type Table } from './tables';
import { plainText, textTable, type Paint } from './text';

/** With more classes than this only the ends are shown; `--json` has every one. */
const mostClasses = 60;
const shownHead = 30;
const shownTail = 25;

const rounded = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? integer(value) : String(Number(value.toPrecision(3)));

const overEpochs = ({ first, last, mean }: OverEpochs): string =>
  first === last && first === mean
    ? rounded(mean)
    : words('preview/range', { first: rounded(first), last: rounded(last) });

/** A share that no table breaks before its sign. */
const share = (value: number): string =>
  words('preview/share', { share: value }).replaceAll(' ', '\u00a0');

interface Column {
  readonly label: string;
  readonly left?: true;
  readonly cell: (one: PreviewClass) => string;
}

const classColumns = ({ stages, bands }: DryRun): readonly Column[] => {
  const one = stages.length === 1;
  const label = (key: string, stage: string): string =>
    one ? words(`preview/column/${key}`) : words(`preview/column/${key}-of`, { stage });
  return [
    { label: words('preview/column/class'), left: true, cell: ({ name }) => name },
    {
      label: words('preview/column/band'),
      left: true,
      cell: ({ band }) => bandName(bands.scheme, band),
    },
    { label: words('preview/column/before'), cell: ({ before }) => integer(before) },
    { label: words('preview/column/count'), cell: ({ count }) => integer(count) },
    ...stages.flatMap(({ name }, at): Column[] => [
      {
        label: label('draws', name),
        cell: (row) => {
          const draws = row.stages[at]?.draws;
          return draws === undefined ? missing : overEpochs(draws);
        },
      },
      {
        label: label('repeats', name),
        cell: (row) => {
          const times = row.stages[at]?.repeats ?? null;
          return times === null ? missing : words('preview/times', { times });
        },
      },
    ]),
    ...stages.flatMap(({ name }, at): Column[] => {
      const weight = (row: PreviewClass): number | null => row.stages[at]?.weight ?? null;
      return [
        {
          label: label('weight', name),
          cell: (row) => (weight(row) === null ? missing : rounded(weight(row) ?? 0)),
        },
      ];
    }),
    { label: words('preview/column/share'), cell: (row) => share(row.share) },
    { label: words('preview/column/prior'), cell: (row) => share(row.effectivePrior) },
    { label: words('preview/column/target'), cell: (row) => share(row.target) },
  ];
};

/** Classes by falling training count; only the ends of very many. */
const shownClasses = (
  classes: readonly PreviewClass[],
): { readonly shown: readonly PreviewClass[]; readonly leftOut: number } => {
  const ranked = byRank(classes);
  if (ranked.length <= mostClasses) return { shown: ranked, leftOut: 0 };
  const shown = [...ranked.slice(0, shownHead), ...ranked.slice(-shownTail)];
  return { shown, leftOut: ranked.length - shown.length };
};

const classTable = (run: DryRun): { readonly table: Table; readonly leftOut: number } => {
  const { shown, leftOut } = shownClasses(run.classes);
  // A column that says nothing of any class (weights of an unweighted stage) is left out.
  const columns = classColumns(run).filter(
    ({ cell }) => run.classes.length === 0 || run.classes.some((one) => cell(one) !== missing),
  );
  return {
    leftOut,
    table: {
      columns: columns.map(({ label, left }) => ({
        key: label,
        label,
        align: left === true ? 'left' : 'right',
      })),
      rows: shown.map((one) => ({
        marked: false,
        cells: columns.map(({ cell }) => ({ text: cell(one) })),
      })),
    },
  };
};

const stageTable = ({ stages }: DryRun): Table => {
  const keys = ['stage', 'epochs', 'samples', 'batch', 'steps', 'warmup'] as const;
  return {
    columns: keys.map((key) => ({
      key,
      label: words(`preview/column/${key}`),
      align: key === 'stage' ? 'left' : 'right',
    })),
    rows: stages.map(({ name, epochs, draws, batchSize, steps, warmupSteps }) => ({
      marked: false,
      cells: [
        name,
        integer(epochs),
        overEpochs(draws),
        integer(batchSize),
        integer(steps),
        integer(warmupSteps),
      ].map((text) => ({ text })),
    })),
  };
};

const megabytes = (bytes: number): number => bytes / 1e6;

/** Memory and time in sentences. */
const costSentences = ({ memory, time }: DryRun): readonly string[] => {
  const spent = { time: duration(time.seconds), backend: time.backend };
  return [
    ...(memory === null
      ? []
      : [
          words('preview/memory', {
            pixels: megabytes(memory.pixels),
            activations: megabytes(memory.activations),
            parameters: megabytes(memory.parameters),
          }),
        ]),
    time.runs > 0
      ? words('preview/time-runs', { ...spent, count: time.runs })
      : words('preview/time-figure', spent),
    ...(time.baselineSeconds > 0
      ? [words('preview/time-baseline', { time: duration(time.baselineSeconds) })]
      : []),
  ];
};

const lead = ({ parts }: DryRun): string => words('preview/lead', { ...parts });

/** A dry run for a terminal. */
export const previewText = (run: DryRun, paint?: Paint): string => {
  const { table, leftOut } = classTable(run);
  const sentences = [
    words('preview/prior'),
    bandsSentence(run),
    ...costSentences(run),
    ...run.notes.map((note) => say(note)),
  ];
  // A table is plain already, and painted: its colours are control characters.
  const lines = [
    plainText(lead(run)),
    '',
    ...textTable(table, paint),
    ...(leftOut > 0 ? [words('preview/left-out', { count: leftOut })] : []),
    '',
    ...textTable(stageTable(run), paint),
    '',
    ...sentences.map(plainText),
  ];
  return `${lines.join('\n')}\n`;
};

/**
 * Counts as bars with the draws of the last stage as a line over them: what the config makes of the
 * tail. An SVG that stands alone.
 */
const previewChart = (run: DryRun): string => {
  const ranked = byRank(run.classes);
  const at = run.stages.length - 1;
  const { svg } = rankFrequency(ranked, {
    width: 760,
    height: 300,
    axis: 'log',
    bandNames: {
      many: bandName(run.bands.scheme, 'many'),
      medium: bandName(run.bands.scheme, 'medium'),
      few: bandName(run.bands.scheme, 'few'),
    },
    format: integer,
    describe: ({ first, from, to }) =>
      from === to
        ? words('preview/chart/bar', { name: first.name, count: first.count })
        : words('preview/chart/bars', { from, to, count: first.count }),
    overlay: {
      values: ranked.map(({ stages }) => stages[at]?.draws.last ?? 0),
      label: words('preview/column/draws'),
    },
  });
  const attributes = { ...svg.attributes, xmlns: 'http://www.w3.org/2000/svg' };
  return svgText({ ...svg, attributes }).replace('>', `><style>${previewChartStyle}</style>`);
};

const base64 = (text: string): string => {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/** A dry run as Markdown with the chart inside. */
export const previewMarkdown = (run: DryRun, file: string): string => {
  const { table, leftOut } = classTable(run);
  const stage = run.stages.at(-1)?.name ?? '';
  const caption = escapeMarkdown(words('preview/chart', { stage }));
  const section = (name: string): string => `## ${words(`preview/section/${name}`)}`;
  const lines = [
    `# ${escapeMarkdown(words('preview/title', { file }))}`,
    '',
    lead(run),
    '',
    `![${caption}](data:image/svg+xml;base64,${base64(previewChart(run))})`,
    '',
    caption,
    '',
    section('classes'),
    '',
    ...tableLines(table),
    '',
    ...(leftOut > 0 ? [words('preview/left-out', { count: leftOut }), ''] : []),
    words('preview/prior'),
    '',
    bandsSentence(run),
    '',
    section('stages'),
    '',
    ...tableLines(stageTable(run)),
    '',
    section('cost'),
    '',
    ...costSentences(run).flatMap((sentence) => [escapeMarkdown(sentence), '']),
    ...(run.notes.length === 0
      ? []
      : [section('notes'), '', ...run.notes.map((note) => `- ${escapeMarkdown(say(note))}`)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
