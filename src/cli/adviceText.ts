import type { Recommendation, Recommendations } from '../recommend/types';
import { plainText, type Paint } from '../report/text';
import { say, words } from '../words/say';
import { textColumns, wrap } from './wrap';

/** The figure the order follows, with the three sets most like this one that it comes from. */
const gainText = ({ points, sets }: NonNullable<Recommendation['gain']>): string =>
  words('cli/advice/gain', { points, sets: sets.slice(0, 3).join('; ') });

const itemLines = (item: Recommendation, place: number, { columns, paint }: Style): string[] => {
  const indent = '     ';
  const body = (text: string): string[] =>
    wrap(plainText(text), textColumns(columns) - indent.length).map((line) => indent + line);
  const labelled = (name: string, text: string): string[] =>
    body(`${words(`cli/advice/${name}`)} ${text}`).map((line) => paint('faint', line));
  return [
    `${String(place).padStart(3)}. ${paint('strong', plainText(say(item.title)))}  ${paint('faint', item.patch === null ? item.id : `--recipe ${item.id}`)}`,
    ...body(say(item.reason)),
    ...item.expected.flatMap((message) => body(say(message))),
    ...(item.gain === null ? [] : body(gainText(item.gain))),
    ...labelled('cost', say(item.cost)),
    ...labelled('when-not', say(item.whenNot)),
    ...labelled('source', `${item.source.paper}, ${item.source.place}`),
    ...(item.patch === null ? [paint('faint', indent + words('cli/advice/nothing'))] : []),
    '',
  ];
};

interface Style {
  readonly columns: number;
  readonly paint: Paint;
}

/** Lines of a list, each with what it is about in front. */
const listed = (
  rows: readonly { readonly name: string; readonly texts: readonly string[] }[],
  { columns, paint }: Style,
): string[] =>
  rows.flatMap(({ name, texts }) => [
    `  ${paint('strong', plainText(name))}`,
    ...texts.flatMap((text) =>
      wrap(plainText(text), textColumns(columns) - 5).map((line) => `     ${line}`),
    ),
  ]);

const settingLines = ({ settings = [] }: Recommendations, style: Style): string[] =>
  settings.length === 0
    ? []
    : [
        words('cli/advice/settings'),
        '',
        ...listed(
          settings.map(({ name, reason }) => ({ name, texts: [say(reason)] })),
          style,
        ),
        '',
      ];

const frameworkLines = ({ framework }: Recommendations, style: Style): string[] => {
  if (framework === undefined) return [];
  const { name, version, defects } = framework;
  const full = version === null ? name : `${name} ${version}`;
  return [
    words(defects.length === 0 ? 'cli/advice/no-defects' : 'cli/advice/defects', { name: full }),
    '',
    ...listed(
      defects.map(({ what, instead, reference, versions, id }) => ({
        name: id,
        texts: [
          say(what),
          say(instead),
          words('cli/advice/defect-source', { reference, versions }),
        ],
      })),
      style,
    ),
    '',
  ];
};

/** Why the other methods are not recommended, a method each. */
export const whyNotText = ({ notRecommended = [] }: Recommendations, style: Style): string =>
  `${listed(
    notRecommended.map((one) => ({ name: one.id, texts: [say(one)] })),
    style,
  ).join('\n')}\n`;

/**
 * Advice for a terminal. Where the deployment was not answered the items are grouped by what they
 * assume, each group ranked for itself; then the numbers that methods ask for, and what is known to
 * go wrong in the framework that was named.
 */
export const adviceText = (advice: Recommendations, options: Style): string => {
  const { items } = advice;
  const assumptions = [...new Set(items.map(({ assumes }) => assumes))];
  const lines = [
    ...assumptions.flatMap((assumes) => [
      words(`cli/advice/assumes/${assumes}`),
      '',
      ...items
        .filter((item) => item.assumes === assumes)
        .flatMap((item, i) => itemLines(item, i + 1, options)),
    ]),
    ...settingLines(advice, options),
    ...frameworkLines(advice, options),
    ...((advice.notRecommended ?? []).length === 0 ? [] : [words('cli/advice/why-not')]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
};
