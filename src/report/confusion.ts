import { words, type Locale } from '../words/say';
import { integer, score, type Table } from './tables';
import type { RunReport } from './types';

/** The most frequent confusions, worst share first within equal counts; none with several labels. */
export const confusionTable = (report: RunReport, most: number, locale: Locale = 'en'): Table => {
  const names = report.scores.classes.map(({ name }) => name);
  const found = (report.scores.confusion ?? []).flatMap((row, truth) => {
    const all = row.reduce((sum, n) => sum + n, 0);
    return row.flatMap((count, predicted) =>
      truth === predicted || count === 0
        ? []
        : [{ truth: names[truth] ?? '', as: names[predicted] ?? '', count, share: count / all }],
    );
  });
  found.sort((a, b) => b.count - a.count || b.share - a.share);
  const label = (name: string): string => words(`report/column/${name}`, {}, locale);
  return {
    columns: [
      { key: 'true', label: label('true'), align: 'left' },
      { key: 'predicted', label: label('predicted'), align: 'left' },
      { key: 'count', label: label('count'), align: 'right' },
      { key: 'share', label: label('share'), align: 'right' },
    ],
    rows: found.slice(0, most).map(({ truth, as, count, share }) => ({
      marked: false,
      cells: [{ text: truth }, { text: as }, { text: integer(count) }, { text: score(share) }],
    })),
  };
};
