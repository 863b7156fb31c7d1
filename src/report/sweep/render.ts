import type { Message } from '../../common/errors';
import { say, words, type Locale } from '../../words/say';
import { escapeMarkdown, tableLines } from '../markdown';
import { textTable, type Paint } from '../text';
import { adviceRegret } from './regret';
import { sweepTable } from './table';
import type { SweepReport } from './types';

/** What is to be known beside the table: how it was made, what was chosen where, what is a tie. */
export const sweepNotes = (
  sweep: SweepReport,
  locale: Locale = 'en',
  advised: string | null = null,
): readonly Message[] => {
  const { representations, rows, best, leftOut } = sweep;
  const [first] = representations;
  const count = representations.length;
  const ties = rows.filter(({ againstBest }) => againstBest?.tie === true).length;
  const title = (id: string): string => words(`sweep/recipe/${id}`, {}, locale);
  return [
    {
      code: 'sweep/note/made',
      params: {
        recipes: rows.length,
        items: first?.items ?? 0,
        width: first?.width ?? 0,
        seconds: sweep.seconds,
        training: representations.reduce((sum, { seconds }) => sum + seconds, 0),
      },
    },
    best === null
      ? { code: 'sweep/note/no-validation', params: {} }
      : { code: 'sweep/note/chosen', params: { best: title(best), ties } },
    ...adviceRegret(sweep, advised, locale),
    ...(best === null ? [] : [{ code: 'sweep/note/stars', params: {} }]),
    { code: `sweep/note/intervals-${count === 1 ? 'items' : 'seeds'}`, params: { count } },
    ...rows.flatMap(({ id, warnings }) =>
      warnings.map((warning) => ({
        code: 'sweep/note/warning',
        params: { recipe: title(id), text: say(warning, locale) },
      })),
    ),
    ...leftOut.map(({ id, why }) => ({
      code: 'sweep/note/left-out',
      params: { recipe: title(id), text: say(why, locale) },
    })),
  ];
};

/** A sweep as GitHub-flavoured Markdown. */
export const sweepMarkdown = (
  sweep: SweepReport,
  advised: string | null = null,
  locale: Locale = 'en',
): string =>
  [
    `# ${words('sweep/title', {}, locale)}`,
    '',
    ...tableLines(sweepTable(sweep, locale)),
    '',
    ...sweepNotes(sweep, locale, advised).map((note) => `- ${escapeMarkdown(say(note, locale))}`),
    '',
  ].join('\n');

/** A sweep for the terminal. */
export const sweepText = (
  sweep: SweepReport,
  paint: Paint,
  advised: string | null = null,
  locale: Locale = 'en',
): string =>
  [
    ...textTable(sweepTable(sweep, locale), paint),
    '',
    ...sweepNotes(sweep, locale, advised).map((note) => say(note, locale)),
    '',
  ].join('\n');
