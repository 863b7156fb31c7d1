import type { RecallScores } from '../../methods/metrics';
import type { Bands } from '../../profile/types';
import { words } from '../../words/say';
import { bandKeys } from '../compare';
import { bandName } from '../headline';
import { missing, score, signed, type Table } from '../tables';

/** The settings beside each other: the model as it is, as the sliders stand, the best. */
export interface BenchScores {
  readonly plain: RecallScores;
  readonly now: RecallScores;
  readonly best: RecallScores | null;
}

const finite = (value: number | null | undefined): number | null =>
  value === null || value === undefined || Number.isNaN(value) ? null : value;

/** Scores on validation, one measure a row. `expected` adds the accuracy under the target. */
export const benchTable = (
  { plain, now, best }: BenchScores,
  {
    bands,
    classNames,
    expected,
  }: {
    readonly bands: Bands;
    readonly classNames: readonly string[];
    readonly expected: boolean;
  },
): Table => {
  const row = (
    label: string,
    of: (scores: RecallScores) => number | null,
    name: (scores: RecallScores) => string = () => '',
  ): Table['rows'][number] => {
    const [before, after, top] = [plain, now, best].map((scores) =>
      scores === null ? null : finite(of(scores)),
    );
    const cell = (value: number | null | undefined, scores: RecallScores | null) => ({
      text: scores === null ? missing : `${score(value ?? null)}${name(scores)}`,
    });
    const change = before == null || after == null ? null : after - before;
    return {
      marked: false,
      cells: [
        { text: label },
        cell(before, plain),
        cell(after, now),
        signed(change),
        cell(top, best),
      ],
    };
  };
  const own = (key: string): string => words(`report/bench/${key}`);
  const worst = ({ worst: one }: RecallScores): string =>
    one === null ? '' : ` · ${classNames[one.position] ?? ''}`;
  return {
    columns: (['measure', 'plain', 'now', 'change', 'best'] as const).map((key, i) => ({
      key,
      label: own(`column/${key}`),
      align: i === 0 ? 'left' : 'right',
    })),
    rows: [
      ...(expected ? [row(own('expected'), (scores) => scores.expectedAccuracy)] : []),
      row(words('report/column/balanced'), (scores) => scores.balancedAccuracy),
      row(own('accuracy'), (scores) => scores.accuracy),
      row(words('report/column/macroF1'), (scores) => scores.macroF1),
      row(words('report/column/gMean'), (scores) => scores.gMean),
      ...bandKeys.map((band) => row(bandName(bands.scheme, band), (scores) => scores.bands[band])),
      row(words('report/column/worst'), (scores) => scores.worst?.recall ?? null, worst),
    ],
  };
};
