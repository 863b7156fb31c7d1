import type { ReportOutputs } from '../../src/protocol/reportPage';
import { normsFigure, reliabilityFigure } from '../../src/report/figures';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { figureElement } from '../ui/figure';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tabs, type Tab } from '../ui/tabs';

const height = 300;

/** Reliability, and the norms that tell whether classifier or features favour frequent classes. */
export const diagnosisCard = (
  report: RunReport,
  { reliability, norms }: ReportOutputs,
  save: (request: SaveRequest) => void,
): HTMLElement | null => {
  const caption = (id: string): string => words(`pages/diagnosis/${id}/caption`);
  const { classNames } = report.dataset;
  const classes = classNames.map((name, j) => ({ name, trainCount: report.trainCounts[j] ?? 0 }));
  const normsTab = (what: 'weights' | 'features'): readonly Tab[] => {
    const values = norms?.[what] ?? null;
    if (values === null) return [];
    return [
      {
        id: what,
        label: words(`pages/diagnosis/${what}`),
        open: () =>
          figureElement({
            name: `${what}-norms`,
            caption: caption(what),
            height,
            save,
            make: (size) => normsFigure({ classes, norms: values, what }, size),
          }),
      },
    ];
  };
  const all: readonly Tab[] = [
    ...(reliability === null
      ? []
      : [
          {
            id: 'reliability',
            label: words('pages/diagnosis/reliability'),
            open: () =>
              figureElement({
                name: 'reliability',
                caption: caption('reliability'),
                height,
                save,
                make: (size) => reliabilityFigure(reliability, size),
              }),
          },
        ]),
    ...normsTab('weights'),
    ...normsTab('features'),
  ];
  if (all.length === 0) return null;
  const title = words('pages/diagnosis/title');
  return card(
    title,
    { class: 'diagnosis' },
    tabs(title, all, 'reliability', () => undefined),
  );
};
