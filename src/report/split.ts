import type { SplitSummary } from '../dataset/split/types';
import { words } from '../words/say';
import { escapeMarkdown, tableLines } from './markdown';
import { integer, type Table } from './tables';
import { plainText } from './text';

const shownClasses = 60;
const shownNames = 12;

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Samples by part, then by class and part, the largest class first. */
export const splitTable = (
  { shares, samples, classes }: SplitSummary,
  mostClasses = shownClasses,
): Table => {
  const parts = Object.keys(shares);
  const row = (name: string, counts: Readonly<Record<string, number>>, marked: boolean) => ({
    marked,
    cells: [
      { text: plainText(name) },
      ...parts.map((part) => ({ text: integer(counts[part] ?? 0) })),
    ],
  });
  const sorted = Object.entries(classes)
    .filter(([, counts]) => total(counts) > 0)
    .sort(([, a], [, b]) => total(b) - total(a))
    .slice(0, mostClasses);
  return {
    columns: [
      { key: 'class', label: words('proposal/column/class'), align: 'left' },
      ...parts.map((part) => ({ key: part, label: plainText(part), align: 'right' as const })),
    ],
    rows: [
      row(words('proposal/column/all'), samples, true),
      ...sorted.map(([name, counts]) => row(name, counts, false)),
    ],
  };
};

/** What there is to say about a proposed split, a sentence each. */
export const splitSentences = (summary: SplitSummary): readonly string[] => {
  const { seed, from, group, groups, unlabelled, notInEach } = summary;
  const names = notInEach.slice(0, shownNames).map(plainText);
  return [
    words('proposal/made', { seed }),
    ...(from === null ? [] : [words('proposal/from', { split: plainText(from) })]),
    ...(group === null || groups === null
      ? []
      : [
          words(`proposal/groups/${group.by}`, {
            count: groups,
            column: group.by === 'column' ? plainText(group.name) : '',
          }),
        ]),
    ...(unlabelled === 0 ? [] : [words('proposal/unlabelled', { count: unlabelled })]),
    ...(notInEach.length === 0
      ? []
      : [
          words('proposal/not-in-each', {
            count: notInEach.length,
            names: notInEach.length > names.length ? [...names, '…'] : names,
          }),
        ]),
  ];
};

/** A proposed split as Markdown, for a look before it is written. */
export const splitMarkdown = (summary: SplitSummary): string => {
  const filled = Object.values(summary.classes).filter((counts) => total(counts) > 0).length;
  const lines = [
    `# ${words('proposal/title', { root: escapeMarkdown(plainText(summary.dataset.root)) })}`,
    '',
    ...splitSentences(summary).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    '',
    ...tableLines(splitTable(summary)),
    ...(filled > shownClasses
      ? ['', words('proposal/more-classes', { count: filled - shownClasses })]
      : []),
  ];
  return `${lines.join('\n')}\n`;
};
