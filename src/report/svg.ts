import { dumbbell } from '../charts/dumbbell';
import { lineChart, type Series } from '../charts/lines';
import { svgText } from '../charts/shape';
import { words, type Locale } from '../words/say';
import { thin, type Curves } from './curves';
import { bandName } from './headline';
import { type ClassRow } from './classTable';
import { integer, score } from './tables';
import type { RunReport } from './types';

/** Control characters, which XML has no place for, not even escaped. */
export const withoutControls = (text: string): string =>
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd');

/** Text safe between tags and inside quoted attributes. */
export const escapeHtml = (text: string): string =>
  withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const width = 560;

/** Score of each class or label: a filled dot for the run, an open one for plain training where there is one. */
export const scoreChart = (
  rows: readonly ClassRow[],
  { bands }: Pick<RunReport, 'bands'>,
  locale: Locale = 'en',
): string =>
  svgText(
    dumbbell(
      rows.map(({ name, band, plain, own, trainCount, label }) => ({
        name: withoutControls(name),
        band,
        before: plain,
        after: own,
        description: words(
          `report/chart/${label === null ? 'class' : 'label'}${plain === null ? '' : 'Against'}`,
          {
            name: withoutControls(name),
            band: band === null ? '' : bandName(bands.scheme, band, locale),
            train: trainCount,
            plain: score(plain),
            recall: score(own),
          },
          locale,
        ),
      })),
      {
        width,
        format: (share) => share.toFixed(2),
        description: words(`report/chart/${rows[0]?.label ? 'precision' : 'recall'}`, {}, locale),
      },
    ),
  );

/** Most points of a drawn line. */
const mostPoints = 240;

/** Training loss of the run and, where it was trained beside it, of plain training. */
export const lossChart = ({ recipe, baseline }: Curves, locale: Locale = 'en'): string => {
  const series = (kind: string, code: string, curve: Curves['recipe']): Series => ({
    kind,
    name: words(code, {}, locale),
    points: thin(curve, mostPoints).map(({ step, loss }) => ({ x: step, y: loss })),
  });
  return svgText(
    lineChart(
      [
        series('plain', 'report/chart/plain', baseline),
        series('run', 'report/chart/thisRun', recipe),
      ],
      {
        width,
        height: 300,
        xName: words('report/chart/step', {}, locale),
        format: (loss) => String(Number(loss.toPrecision(3))),
        formatX: integer,
        description: words('report/chart/loss', {}, locale),
      },
    ),
  );
};
