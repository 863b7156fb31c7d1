import type { ClassChange, CountComparison } from '../check/compareCounts';
import { words } from '../words/say';
import { escapeMarkdown, tableLines } from './markdown';
import { integer, type Table } from './tables';
import { plainText } from './text';

/** Classes that a sentence names. */
const namedClasses = 3;
/** Rows of the table: a reader reads no more. */
const shownClasses = 200;
/** Marks of the longest bar. */
const longestBar = 12;

const share = (count: number, total: number): number => (total === 0 ? 0 : count / total);

const fell = ({ before, now, change }: ClassChange): boolean => before > 0 && now > 0 && change < 0;

const named = (
  { by, before, now }: CountComparison,
  classes: readonly ClassChange[],
): readonly string[] =>
  classes.slice(0, namedClasses).map((one) =>
    by === 'counts'
      ? words('compare/fall', { name: plainText(one.name), before: one.before, now: one.now })
      : words('compare/fall-share', {
          name: plainText(one.name),
          before: share(one.before, before.total),
          now: share(one.now, now.total),
        }),
  );

const nameList = (classes: readonly ClassChange[]): readonly string[] =>
  classes.slice(0, namedClasses).map(({ name }) => plainText(name));

/** What changed, the falls first; then classes that are gone, that are new, and the distance. */
export const changeSentences = (comparison: CountComparison): readonly string[] => {
  const { classes, distance, by, before, now } = comparison;
  const falls = classes.filter(fell);
  const gone = classes.filter((one) => one.now === 0);
  const added = classes.filter((one) => one.before === 0);
  const sides = { before: plainText(before.title), now: plainText(now.title) };
  if (classes.every(({ change }) => Math.abs(change) < 1e-9))
    return [words('compare/equal', sides)];
  return [
    ...(falls.length === 0
      ? []
      : [words(`compare/falls-${by}`, { list: named(comparison, falls), count: falls.length })]),
    ...(gone.length === 0
      ? []
      : [words('compare/gone', { ...sides, list: nameList(gone), count: gone.length })]),
    ...(added.length === 0
      ? []
      : [words('compare/new', { ...sides, list: nameList(added), count: added.length })]),
    ...(falls.length + gone.length + added.length === 0 ? [words('compare/only-rises')] : []),
    ...(distance === null ? [] : [words('compare/distance', { share: distance })]),
  ];
};

const sign = (value: number): string => (value < 0 ? '−' : value > 0 ? '+' : '');

/** A bar of a class: its length is the change beside the largest one, its side the sign in front. */
const bar = (change: number, largest: number): string =>
  '█'.repeat(largest === 0 ? 0 : Math.round((Math.abs(change) / largest) * longestBar));

/** Classes by the size of their change, with before, now, and the change as number and bar. */
export const changeTable = ({ classes, by, before, now }: CountComparison): Table => {
  const shown = classes.slice(0, shownClasses);
  const amountOf = (one: ClassChange): number =>
    by === 'counts'
      ? one.now - one.before
      : share(one.now, now.total) - share(one.before, before.total);
  const largest = Math.max(0, ...shown.map((one) => Math.abs(amountOf(one))));
  const text = (one: ClassChange): string => {
    const amount = amountOf(one);
    return by === 'counts'
      ? `${sign(amount)}${integer(Math.abs(amount))}`
      : words('compare/points', { sign: sign(amount), points: Math.abs(amount) * 100 });
  };
  const count = (of: number, total: number): string =>
    by === 'counts'
      ? integer(of)
      : words('compare/count-share', { count: integer(of), share: share(of, total) });
  return {
    columns: [
      { key: 'class', label: words('compare/column/class'), align: 'left' },
      { key: 'before', label: plainText(before.title), align: 'right' },
      { key: 'now', label: plainText(now.title), align: 'right' },
      { key: 'change', label: words('compare/column/change'), align: 'right' },
      { key: 'bar', label: '', align: 'left' },
    ],
    rows: shown.map((one) => ({
      marked: one.before === 0 || one.now === 0,
      cells: [
        { text: plainText(one.name) },
        { text: count(one.before, before.total) },
        { text: count(one.now, now.total) },
        { text: text(one) },
        { text: bar(amountOf(one), largest) },
      ],
    })),
  };
};

/** A comparison as Markdown: the sentence, then the classes. */
export const changesMarkdown = (comparison: CountComparison): string => {
  const { before, now, classes } = comparison;
  const rest = classes.length - shownClasses;
  return [
    `# ${escapeMarkdown(words('compare/title', { before: before.title, now: now.title }))}`,
    '',
    changeSentences(comparison).map(escapeMarkdown).join(' '),
    '',
    ...tableLines(changeTable(comparison)),
    '',
    ...(rest > 0 ? [words('compare/more', { count: rest }), ''] : []),
    words(`compare/by-${comparison.by}`),
    '',
  ].join('\n');
};
