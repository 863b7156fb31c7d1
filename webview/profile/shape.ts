import type { ProfileFacts } from '../../src/profile/classRows';
import {
  decayFigure,
  lorenzFigure,
  objectsFigure,
  splitsFigure,
  togetherFigure,
} from '../../src/report/figures';
import { words } from '../../src/words/say';
import { h } from '../ui/dom';
import { figureElement } from '../ui/figure';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tabs, type Tab } from '../ui/tabs';
import type { Thresholds } from './bands';
import { distributionChart, type ChartUi } from './chart';
import type { Classes } from './classes';
import { inOrder, rankedCounts } from './ranked';
import { splitName } from './view';

export interface ShapeUi {
  readonly tab: string;
  readonly chart: ChartUi;
}

export interface ShapeOptions {
  readonly ui: ShapeUi;
  readonly onUi: (ui: ShapeUi) => void;
  readonly onThresholds: (thresholds: Thresholds | null) => void;
  readonly save: (request: SaveRequest) => void;
}

const height = 320;

/** How the class sizes are distributed, in several views of the same counts. */
export const shapeCard = (
  profile: ProfileFacts,
  classes: Classes,
  { ui: start, onUi, onThresholds, save }: ShapeOptions,
): HTMLElement => {
  const state = { ui: start };
  const set = (next: Partial<ShapeUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
  };
  const ranked = rankedCounts(classes);
  const view = (id: string, make: Parameters<typeof figureElement>[0]['make']): Tab => ({
    id,
    label: words(`pages/shape/${id}`),
    open: () =>
      figureElement({ name: id, caption: words(`pages/shape/${id}/caption`), height, save, make }),
  });
  const others = Object.keys(profile.splits).filter((name) => name !== profile.profiledSplit);
  const { together } = profile;
  const bySplit = (): Parameters<typeof splitsFigure>[0] =>
    [profile.profiledSplit, ...others].map((name) => ({
      name: splitName(name),
      counts: inOrder(classes.order, classes.split(name)),
    }));
  const all: Tab[] = [
    {
      id: 'rank',
      label: words('pages/shape/rank'),
      open: () =>
        distributionChart(profile, {
          classes,
          ui: state.ui.chart,
          onUi: (chart) => set({ chart }),
          onThresholds,
          save,
        }),
    },
    view('lorenz', (size) => lorenzFigure(ranked, size)),
    view('decay', (size) => decayFigure(ranked, profile.metrics, size)),
    ...(others.length === 0 || profile.profiledSplit === 'all'
      ? []
      : [view('splits', (size) => splitsFigure(bySplit(), ranked.name, size))]),
    ...(together === undefined ? [] : [view('together', (size) => togetherFigure(together, size))]),
    ...(profile.objects === undefined
      ? []
      : [
          view('objects', (size) =>
            objectsFigure(
              Array.from(classes.order, (place) => ({
                name: classes.name(place),
                objects: classes.counts[place] ?? 0,
                images: profile.objects?.classes[place]?.images ?? 0,
              })),
              size,
            ),
          ),
        ]),
  ];
  // Of what is shown: another tab is another chart.
  const title = h('span');
  const views = tabs(words('pages/shape'), all, state.ui.tab, (tab) => {
    title.textContent = words(`pages/shape/${tab}/caption`);
    set({ tab });
  });
  return card(title, { class: 'distribution' }, views);
};
