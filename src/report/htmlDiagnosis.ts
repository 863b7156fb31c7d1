import { svgText } from '../charts/shape';
import type { ReportOutputs } from '../protocol/reportPage';
import { words } from '../words/say';
import { tableOfData, type Figure } from './figures/figure';
import { normsFigure } from './figures/norms';
import { reliabilityFigure } from './figures/reliability';
import { paragraph, section, tableHtml } from './htmlParts';
import { escapeHtml, withoutControls } from './svg';
import type { RunReport } from './types';

/** What the outputs of a run tell: how sure it is, and which classes its last layer favours. */
export type Diagnosis = Pick<ReportOutputs, 'reliability' | 'norms'>;

const size = { width: 560, height: 300 };

const figureHtml = (id: string, { svg, sentence, data }: Figure): string => {
  const caption = words(`pages/diagnosis/${id}/caption`);
  const numbers = escapeHtml(words('pages/figure/numbers'));
  return section(
    caption,
    `${paragraph([sentence], 'note')}
${withoutControls(svgText(svg))}
<details><summary>${numbers}</summary>${tableHtml(tableOfData(data), caption)}</details>`,
  );
};

/** Reliability and norms as the report page shows them, each also as a table. */
export const diagnosisHtml = (
  { dataset, trainCounts }: RunReport,
  diagnosis: Diagnosis | undefined,
): readonly string[] => {
  const { reliability = null, norms = null } = diagnosis ?? {};
  const classes = dataset.classNames.map((name, j) => ({ name, trainCount: trainCounts[j] ?? 0 }));
  const normsHtml = (what: 'weights' | 'features'): readonly string[] => {
    const values = norms?.[what] ?? null;
    return values === null
      ? []
      : [figureHtml(what, normsFigure({ classes, norms: values, what }, size))];
  };
  return [
    ...(reliability === null
      ? []
      : [figureHtml('reliability', reliabilityFigure(reliability, size))]),
    ...normsHtml('weights'),
    ...normsHtml('features'),
  ];
};
