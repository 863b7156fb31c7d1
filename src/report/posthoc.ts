import type { ClassRecall, PosthocResult } from '../predictions/types';
import { say, words } from '../words/say';
import { bandsSentence } from './facts';
import { bandName } from './headline';
import { escapeMarkdown, tableLines } from './markdown';
import { integer, missing, score, type Table } from './tables';
import { plainText, textTable, type Paint } from './text';

const label = (key: string): string => words(`posthoc/column/${key}`);
const left = (key: string) => ({ key, label: label(key), align: 'left' as const });
const right = (key: string) => ({ key, label: label(key), align: 'right' as const });

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const range = (interval: readonly [number, number] | null): string =>
  interval === null ? missing : `${interval[0].toFixed(3)} … ${interval[1].toFixed(3)}`;

const recallCells = (one: ClassRecall | null): readonly { readonly text: string }[] => [
  { text: score(one?.recall ?? null) },
  { text: one === null || one.recall === null ? missing : range(one.interval) },
];

/** Recall of every class before and after, with 95 % intervals, by falling training count. */
export const posthocClassTable = (result: PosthocResult): Table => ({
  columns: [
    left('class'),
    left('band'),
    right('train'),
    right('items'),
    right('before'),
    right('interval'),
    right('after'),
    right('interval'),
    right('change'),
    right('precision'),
  ],
  rows: [...result.classes]
    .sort((a, b) => b.trainCount - a.trainCount)
    .map(({ name, band, trainCount, items, before, after }) => {
      const change =
        before?.recall == null || after.recall === null ? null : after.recall - before.recall;
      const tone = change !== null && change < 0 ? 'worse' : 'better';
      return {
        marked: false,
        cells: [
          { text: name },
          { text: bandName(result.bands.scheme, band) },
          { text: integer(trainCount) },
          { text: integer(items) },
          ...recallCells(before),
          ...recallCells(after),
          change === null || Math.abs(change) < 0.0005
            ? { text: change === null ? missing : signed(0) }
            : { text: signed(change), tone },
          { text: score(after.precision) },
        ],
      };
    }),
});

const isChosen = (result: PosthocResult, index: number): boolean => {
  const { kind, tau } = result.chosen;
  const same = result.tried.map((one) => one.kind === kind && one.tau === tau);
  return same.lastIndexOf(true) === index;
};

/** Every recipe tried, one a row; the kept one is marked. */
export const posthocTriedTable = (result: PosthocResult): Table => {
  const single = result.task === 'single-label';
  const bands = ['many', 'medium', 'few'] as const;
  return {
    columns: [
      left('recipe'),
      left('how'),
      ...(single
        ? [
            right('accuracy'),
            right('balanced'),
            right('interval'),
            ...bands.map((band) => ({
              key: band,
              label: bandName(result.bands.scheme, band),
              align: 'right' as const,
            })),
          ]
        : []),
      right('macroF1'),
      ...(single ? [right('ece')] : []),
      right('gain'),
      right('interval'),
    ],
    rows: result.tried.map(({ title, how, scores, macroF1, gain }, index) => ({
      marked: isChosen(result, index),
      cells: [
        { text: say(title) },
        { text: words(`posthoc/how/${how}`) },
        ...(single
          ? [
              { text: score(scores?.accuracy ?? null) },
              { text: score(scores?.balancedAccuracy ?? null) },
              { text: range(scores?.balancedAccuracyInterval ?? null) },
              ...bands.map((band) => ({ text: score(scores?.[band].recall ?? null) })),
            ]
          : []),
        { text: score(macroF1) },
        ...(single ? [{ text: score(scores?.ece ?? null) }] : []),
        { text: gain === null ? missing : signed(gain.difference) },
        { text: range(gain?.interval ?? null) },
      ],
    })),
  };
};

const chosenTitle = (result: PosthocResult): string => {
  const index = result.tried.findIndex((_, i) => isChosen(result, i));
  const found = result.tried[index];
  return found === undefined ? '' : say(found.title);
};

/** How the choice was made, what was kept, and why. */
export const posthocSentences = (result: PosthocResult): readonly string[] => [
  words('posthoc/kept', { title: chosenTitle(result) }),
  ...result.reasons.map((reason) => say(reason)),
  words(result.selectedOn === null ? 'posthoc/chosen-cross-fitted' : 'posthoc/chosen-elsewhere', {
    path: result.selectedOn ?? '',
  }),
];

const targetText = ({ target }: PosthocResult): string =>
  typeof target === 'string' ? words(`posthoc/target/${target}`) : words('posthoc/target/given');

const aboutSentence = (result: PosthocResult): string =>
  words('posthoc/about', {
    count: result.items,
    classes: result.classes.length,
    trained: result.trained,
    target: targetText(result),
  });

/** The result for a terminal. */
export const posthocText = (result: PosthocResult, paint: Paint): string =>
  [
    paint('strong', plainText(result.file)),
    plainText(aboutSentence(result)),
    '',
    ...textTable(posthocTriedTable(result), paint),
    '',
    ...posthocSentences(result).map(plainText),
    '',
    ...textTable(posthocClassTable(result), paint),
    '',
    paint('faint', bandsSentence(result)),
    ...result.notes.map((note) => paint('faint', plainText(say(note)))),
    '',
  ].join('\n');

/** The result as GitHub-flavoured Markdown. */
export const posthocMarkdown = (result: PosthocResult): string => {
  const title = (section: string): string => `## ${words(`posthoc/section/${section}`)}`;
  return [
    `# ${escapeMarkdown(words('posthoc/title', { name: result.file.split(/[/\\]/).at(-1) ?? '' }))}`,
    '',
    escapeMarkdown(aboutSentence(result)),
    '',
    escapeMarkdown(posthocSentences(result).join(' ')),
    '',
    title('tried'),
    '',
    ...tableLines(posthocTriedTable(result)),
    '',
    title('classes'),
    '',
    ...tableLines(posthocClassTable(result)),
    '',
    escapeMarkdown([bandsSentence(result), ...result.notes.map((note) => say(note))].join(' ')),
    '',
  ].join('\n');
};
