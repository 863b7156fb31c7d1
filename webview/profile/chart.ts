import { mostBars, rankFrequency, type Bar } from '../../src/charts/rankFrequency';
import type { ProfileFacts } from '../../src/profile/classRows';
import type { Band } from '../../src/profile/types';
import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import { words } from '../../src/words/say';
import { dropdown } from '../ui/controls';
import { draw, h, replace } from '../ui/dom';
import { saveButtons } from '../ui/figure';
import { rove } from '../ui/roving';
import type { SaveRequest } from '../ui/save';
import { addGrips, thresholdsOf, withThresholds, type Thresholds } from './bands';
import { classData } from './classData';
import { bandCounts, byRank, type Classes } from './classes';
import { inOrder } from './ranked';
import { amount, splitName } from './view';

export interface ChartUi {
  readonly axis: 'log' | 'linear';
  /** The split drawn over the bars, scaled to their sum; empty for none. */
  readonly overlay: string;
}

export interface ChartOptions {
  readonly classes: Classes;
  readonly ui: ChartUi;
  readonly onUi: (ui: ChartUi) => void;
  readonly onThresholds: (thresholds: Thresholds | null) => void;
  readonly save: (request: SaveRequest) => void;
}

/** Width before the page is laid out, in pixels. */
const usualWidth = 760;
const chartHeight = 320;

/** The mark of a band: its own shape as well as its colour. */
export const swatch = (band: Band): HTMLElement =>
  h('span', { class: `swatch band-${band}`, attributes: { 'aria-hidden': 'true' } });

const bandSummary = (profile: ProfileFacts, classes: Classes): HTMLElement => {
  const { scheme, thresholds } = profile.bands;
  const counts = bandCounts(classes);
  const sizes = bandKeys.map((band) => ({ band, count: counts[band] }));
  return h(
    'ul',
    { class: 'legend', attributes: { title: words(`report/bands/${scheme}`, { ...thresholds }) } },
    ...sizes.map(({ band, count }) =>
      h('li', {}, swatch(band), words('pages/band-size', { name: bandName(scheme, band), count })),
    ),
  );
};

const describe =
  (profile: ProfileFacts, classes: Classes) =>
  (bar: Bar): string => {
    const band = bandName(profile.bands.scheme, bar.band);
    if (bar.from !== bar.to)
      return words('pages/bar/group', {
        from: bar.from,
        to: bar.to,
        most: amount(profile, bar.first.count),
        least: amount(profile, bar.last.count),
        band,
      });
    return words('pages/bar', {
      name: bar.first.name,
      amount: amount(profile, bar.first.count),
      share: bar.first.count / Math.max(1, classes.total),
      rank: bar.from,
      classes: classes.length,
      band,
    });
  };

const radio = (
  name: string,
  value: string,
  checked: boolean,
  onChange: () => void,
): HTMLElement => {
  const input = h('input', {
    attributes: { type: 'radio', name, value, checked },
    on: { change: onChange },
  });
  return h('label', { class: 'radio' }, input, words(`pages/axis/${value}`));
};

/** A split's counts by rank, scaled so that both splits have the same sum. */
const overlayOf = (
  classes: Classes,
  split: string,
): { readonly values: Float64Array; readonly label: string } | null => {
  if (split === '') return null;
  const counts = inOrder(classes.order, classes.split(split));
  const own = counts.reduce((sum, n) => sum + n, 0);
  if (own === 0) return null;
  const label = words('pages/chart/overlay-scaled', { split: splitName(split) });
  return { values: counts.map((n) => (n * classes.total) / own), label };
};

/** Classes as bars by rank, bands to drag, a split to lay over; the class table is its twin. */
export const distributionChart = (profile: ProfileFacts, options: ChartOptions): HTMLElement => {
  const { ui, onUi, onThresholds, save } = options;
  const state = { ui, width: usualWidth, profile, classes: options.classes };
  const place = h('div', { class: 'plot', attributes: { tabindex: -1 } });
  const detail = h('p', { class: 'detail', attributes: { 'aria-hidden': 'true' } });
  const legend = h('div', {});
  const sentence = h('p', { class: 'hidden', attributes: { 'aria-live': 'polite' } });
  const redraw = (): void => {
    const { axis, overlay: split } = state.ui;
    const scheme = state.profile.bands.scheme;
    const overlay = overlayOf(state.classes, split);
    const describeBar = describe(state.profile, state.classes);
    const { svg, bars, base } = rankFrequency(byRank(state.classes), {
      width: state.width,
      height: chartHeight,
      axis,
      bandNames: {
        many: bandName(scheme, 'many'),
        medium: bandName(scheme, 'medium'),
        few: bandName(scheme, 'few'),
      },
      format: (count) => words('pages/number', { value: count }),
      describe: describeBar,
      ...(overlay === null ? {} : { overlay }),
    });
    const drawn = draw(svg);
    replace(place, drawn);
    replace(legend, bandSummary(state.profile, state.classes));
    detail.textContent = words('pages/chart/hint');
    rove(place, 'data-bar', {
      home: place,
      onFocus: (index) => {
        const bar = bars[index];
        if (bar !== undefined) detail.textContent = describeBar(bar);
      },
    });
    if (state.classes.length < 2) return;
    addGrips({
      svg: drawn,
      bars,
      width: state.width,
      base,
      ranked: byRank(state.classes),
      thresholds: thresholdsOf(state.classes),
      onMove: (thresholds, edge) => {
        Object.assign(state, withThresholds(profile, state.classes, thresholds));
        redraw();
        place.querySelector<SVGElement>(`[data-edge="${edge}"]`)?.focus();
        sentence.textContent = words('pages/bands/moved', { ...thresholds });
        onThresholds(thresholds);
      },
    });
  };
  const change = (next: Partial<ChartUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
    redraw();
  };
  redraw();
  // Drawn at the width it has, so that its text keeps its size.
  new ResizeObserver(() => {
    const width = Math.min(1200, Math.max(340, Math.round(place.clientWidth)));
    if (Math.abs(width - state.width) < 4 || place.contains(document.activeElement)) return;
    state.width = width;
    redraw();
  }).observe(place);
  const others = Object.keys(profile.splits).filter((name) => name !== profile.profiledSplit);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'controls' },
      h(
        'fieldset',
        {},
        h('legend', { class: 'hidden' }, words('pages/axis')),
        radio('axis', 'log', ui.axis === 'log', () => change({ axis: 'log' })),
        radio('axis', 'linear', ui.axis === 'linear', () => change({ axis: 'linear' })),
      ),
      others.length === 0 || profile.profiledSplit === 'all'
        ? null
        : dropdown(
            {
              label: words('pages/chart/overlay'),
              value: ui.overlay,
              choices: [
                { value: '', label: words('pages/chart/overlay/none') },
                ...others.map((name) => ({
                  value: name,
                  label: words('pages/chart/overlay/split', { split: splitName(name) }),
                })),
              ],
            },
            (overlay) => change({ overlay }),
          ),
      legend,
    ),
    place,
    detail,
    sentence,
    options.classes.length > mostBars
      ? h(
          'p',
          { class: 'note' },
          words('pages/chart/grouped', { count: options.classes.length, columns: mostBars }),
        )
      : null,
    saveButtons(
      'size-by-rank',
      () => place.querySelector('svg'),
      () => classData(state.profile, state.classes),
      save,
    ),
  );
};
