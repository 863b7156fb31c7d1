import { say, words, type Locale } from '../../words/say';
import { escapeMarkdown, tableLines } from '../markdown';
import type { Table } from '../tables';
import { plainText, textTable, type Paint } from '../text';
import { isDifference } from './difference';
import { comparisonNotes, differenceSentences, kindOf } from './sentences';
import { classDifferencesTable, differencesTable, groupName, scoresTable } from './tables';
import type { RunComparison } from './types';

interface Section {
  readonly title: string;
  readonly table: Table;
}

/** The tables of a comparison with their titles, in reading order. */
const sectionsOf = (comparison: RunComparison, locale: Locale): readonly Section[] => {
  const { reference, compared } = comparison;
  const title = (name: string, params = {}): string =>
    words(`comparison/section/${name}`, params, locale);
  return [
    { title: title('scores'), table: scoresTable(comparison, locale) },
    ...(compared.some(({ difference }) => isDifference(difference))
      ? [
          {
            title: title('differences', { a: groupName(reference, locale) }),
            table: differencesTable(comparison, locale),
          },
        ]
      : []),
    ...compared.flatMap(({ group, difference }) =>
      isDifference(difference)
        ? [
            {
              title: title(kindOf(reference) === 'mAP' ? 'labels' : 'classes', {
                a: groupName(reference, locale),
                b: groupName(group, locale),
              }),
              table: classDifferencesTable(comparison, group, difference, locale),
            },
          ]
        : [],
    ),
  ];
};

const sentencesOf = ({ reference, compared }: RunComparison, locale: Locale): readonly string[] =>
  compared.map((one) =>
    differenceSentences(reference, one)
      .map((message) => say(message, locale))
      .join(' '),
  );

/** A comparison for the terminal. */
export const comparisonText = (
  comparison: RunComparison,
  paint: Paint,
  locale: Locale = 'en',
): string =>
  [
    ...sentencesOf(comparison, locale).map(plainText),
    '',
    ...sectionsOf(comparison, locale).flatMap(({ title, table }) => [
      paint('strong', plainText(title)),
      ...textTable(table, paint),
      '',
    ]),
    ...comparisonNotes(comparison).map((note) => paint('faint', plainText(say(note, locale)))),
    '',
  ].join('\n');

/** A comparison as GitHub-flavoured Markdown. */
export const comparisonMarkdown = (comparison: RunComparison, locale: Locale = 'en'): string =>
  [
    `# ${words('comparison/title', {}, locale)}`,
    '',
    ...sentencesOf(comparison, locale).flatMap((text) => [escapeMarkdown(text), '']),
    ...sectionsOf(comparison, locale).flatMap(({ title, table }) => [
      `## ${escapeMarkdown(title)}`,
      '',
      ...tableLines(table),
      '',
    ]),
    ...comparisonNotes(comparison).map((note) => `- ${escapeMarkdown(say(note, locale))}`),
    '',
  ].join('\n');
