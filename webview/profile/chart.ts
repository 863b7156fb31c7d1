import { mostBars, rankFrequency, type Bar } from '../../src/charts/rankFrequency';
import { expectedDraws, samplingProbabilities } from '../../src/methods/sampling/power';
import type { Band, LongTailProfile } from '../../src/profile/types';
import { bandKeys } from '../../src/report/compare';
import { bandName } from '../../src/report/headline';
import { words } from '../../src/words/say';
import { draw, h, replace } from '../ui/dom';
import { card } from '../ui/frame';
import { rove } from '../ui/roving';
import { amount, classRowsOf, type ClassRow } from './view';

export interface ChartUi {
  readonly axis: 'log' | 'linear';
  /** Exponent of the sampler shown over the bars; 1 draws as the data is and shows nothing. */
  readonly q: number;
}

/** Width before the page is laid out, in pixels. */
const usualWidth = 760;

/** The mark of a band: its own shape as well as its colour. */
export const swatch = (band: Band): HTMLElement =>
  h('span', { class: `swatch band-${band}`, attributes: { 'aria-hidden': 'true' } });

const bandSummary = (profile: LongTailProfile): HTMLElement => {
  const { scheme, thresholds } = profile.bands;
  const sizes = bandKeys.map((band) => ({
    band,
    count: profile.classes.filter((own) => own.band === band).length,
  }));
  return h(
    'ul',
    { class: 'legend', attributes: { title: words(`report/bands/${scheme}`, { ...thresholds }) } },
    ...sizes.map(({ band, count }) =>
      h('li', {}, swatch(band), words('pages/band-size', { name: bandName(scheme, band), count })),
    ),
  );
};

const describe =
  (profile: LongTailProfile, rows: readonly ClassRow[]) =>
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
      share: rows[bar.from - 1]?.share ?? 0,
      rank: bar.from,
      classes: rows.length,
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

/** Number of classes per rank as bars, with axis and sampler to choose; the class table is its twin. */
export const distributionChart = (
  profile: LongTailProfile,
  ui: ChartUi,
  onUi: (ui: ChartUi) => void,
): HTMLElement => {
  const state = { ui, width: usualWidth };
  const rows = classRowsOf(profile);
  const place = h('div', { class: 'plot', attributes: { tabindex: -1 } });
  const detail = h('p', { class: 'detail', attributes: { 'aria-hidden': 'true' } });
  const sampler = h('output', { attributes: { for: 'sampler' } });
  const names = {
    many: bandName(profile.bands.scheme, 'many'),
    medium: bandName(profile.bands.scheme, 'medium'),
    few: bandName(profile.bands.scheme, 'few'),
  };
  const redraw = (): void => {
    const { axis, q } = state.ui;
    const counts = rows.map(({ count }) => count);
    const total = counts.reduce((sum, n) => sum + n, 0);
    const draws = expectedDraws(samplingProbabilities(counts, q), total);
    const kind =
      q === 1 ? 'instance' : q === 0 ? 'class-balanced' : q === 0.5 ? 'square-root' : 'power';
    sampler.textContent = words(`pages/sampler/${kind}`, { q });
    const { svg, bars } = rankFrequency(rows, {
      width: state.width,
      height: 320,
      axis,
      bandNames: names,
      format: (count) => words('pages/number', { value: count }),
      describe: describe(profile, rows),
      ...(q === 1 ? {} : { overlay: { values: [...draws], label: words('pages/sampler/draws') } }),
    });
    replace(place, draw(svg));
    detail.textContent = words('pages/chart/hint');
    const say = describe(profile, rows);
    rove(place, 'data-bar', {
      home: place,
      onFocus: (index) => {
        const bar = bars[index];
        if (bar !== undefined) detail.textContent = say(bar);
      },
    });
  };
  const change = (next: Partial<ChartUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
    redraw();
  };
  const slider = h('input', {
    attributes: { id: 'sampler', type: 'range', min: 0, max: 1, step: 0.25, value: ui.q },
    on: { input: () => change({ q: Number(slider.value) }) },
  });
  redraw();
  // Drawn at the width it has, so that its text keeps its size.
  new ResizeObserver(() => {
    const width = Math.min(1200, Math.max(340, Math.round(place.clientWidth)));
    if (Math.abs(width - state.width) < 4 || place.contains(document.activeElement)) return;
    state.width = width;
    redraw();
  }).observe(place);
  return card(
    words('pages/chart/title'),
    { class: 'distribution' },
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
      h('label', { class: 'slider' }, words('pages/sampler'), slider),
      sampler,
      bandSummary(profile),
    ),
    place,
    detail,
    rows.length > mostBars
      ? h(
          'p',
          { class: 'note' },
          words('pages/chart/grouped', { count: rows.length, columns: mostBars }),
        )
      : null,
  );
};
