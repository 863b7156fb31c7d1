import type { BenchData } from '../../src/protocol/reportPage';
import { labelSlideFigure } from '../../src/report/figures';
import { labelModel, labelPoints, labelSums, labelTable } from '../../src/report/bench/labels';
import { thresholdMetrics, type ThresholdMetric } from '../../src/report/bench/setting';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { button, dropdown } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { figureElement, slider } from '../ui/figure';
import { tableElement } from '../ui/table';
import type { BenchOptions } from './bench';
import { labelBests, labelCurves, type LabelBests } from './labelBests';

const values: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
/** Closer than this is the same place of the slider. */
const step = 0.005;
const height = 260;

/** As a config shows it, and fine enough to part the same items. */
const rounded = (threshold: number): number => Number(threshold.toPrecision(6));

/** A threshold a label, each with its slider, over validation scores. */
export const labelBench = (
  report: RunReport,
  data: BenchData,
  { save, keep }: BenchOptions,
): HTMLElement => {
  const { classNames } = report.dataset;
  const model = labelModel(classNames, new Float32Array(data.logits), new Int32Array(data.labels));
  const own = report.posthoc.thresholds ?? {};
  const state: { label: number; metric: ThresholdMetric; thresholds: Float64Array } = {
    label: 0,
    metric: 'f1',
    // Reports say 2 of a label that is never given: so it is from 1 on.
    thresholds: Float64Array.from(classNames, (name) => Math.min(own[name] ?? 0.5, 1)),
  };
  const plain = labelSums(
    model,
    Float64Array.from(classNames, () => 0.5),
  );
  const hooks = { changed: (): void => undefined };
  const bestsBy = labelBests(model, () => hooks.changed());
  const best = (): LabelBests => bestsBy(state.metric);
  const curve = labelCurves(model, values);
  const value = (): number => state.thresholds[state.label] ?? 0.5;
  const atBest = (): boolean =>
    best()
      .all()
      ?.every((threshold, j) => Math.abs(threshold - (state.thresholds[j] ?? NaN)) < step) ?? false;
  const place = h('span', { class: 'slots' });
  const fill = (): void =>
    replace(
      place,
      slider(
        {
          ...{ id: 'bench-label', min: 0.01, max: 0.99, step: 0.01, value: value() },
          label: words('pages/bench/at', { name: classNames[state.label] ?? '' }),
          show: (threshold) => words('pages/number/two', { value: threshold }),
        },
        (threshold) => {
          state.thresholds[state.label] = threshold;
          hooks.changed();
        },
      ),
    );
  const set = (thresholds: Float64Array): void => {
    state.thresholds = thresholds;
    fill();
    hooks.changed();
  };
  const setLabel = (): void => {
    const next = state.thresholds.slice();
    next[state.label] = best().of(state.label).threshold;
    set(next);
  };
  const table = h('div', {});
  const buttons = h('div', { class: 'actions' });
  const few = h('p', { class: 'note' });
  const update = (): void => {
    const sums = { plain, now: labelSums(model, state.thresholds), best: best().sums() };
    const all = best().all();
    const label = { name: classNames[state.label] ?? '', place: state.label };
    replace(table, tableElement(labelTable(sums, label), words('pages/bench/table')));
    const unchosen = best().of(state.label).reason !== 'threshold.chosen';
    few.textContent = unchosen ? words('pages/bench/label-few', { name: label.name }) : '';
    replace(
      buttons,
      button(
        words('pages/bench/keep'),
        () =>
          keep({
            kind: 'label-thresholds',
            // Kept as the rule that finds them, or else as they were set.
            ...(all !== null && atBest()
              ? { metric: state.metric, thresholds: [...all] }
              : { metric: null, thresholds: Array.from(state.thresholds, rounded) }),
          }),
        { primary: true },
      ),
      button(words('pages/bench/best-label'), setLabel),
      all === null ? null : button(words('pages/bench/best-all'), () => set(all.slice())),
      h('span', { class: 'note' }, words('pages/bench/keep/hint')),
    );
  };
  const labels = (): HTMLElement =>
    dropdown(
      {
        label: words('pages/bench/label'),
        value: '0',
        choices: classNames.map((name, j) => ({ value: String(j), label: name })),
      },
      (chosen) => {
        state.label = Number(chosen);
        fill();
        hooks.changed();
      },
    );
  const metrics = (): HTMLElement =>
    dropdown(
      {
        label: words('pages/bench/metric'),
        value: state.metric,
        choices: thresholdMetrics.map((metric) => ({
          value: metric,
          label: words(`pages/bench/label-metric/${metric}`),
        })),
      },
      (metric) => {
        state.metric = thresholdMetrics.find((one) => one === metric) ?? 'f1';
        hooks.changed();
      },
    );
  const figure = figureElement({
    ...{ name: 'bench-label', caption: words('pages/bench/label/caption'), height, save },
    make: (size) => {
      const [now] = labelPoints(model, state.label, [value()]);
      const chosen = best().of(state.label);
      const [top] =
        chosen.reason === 'threshold.chosen'
          ? labelPoints(model, state.label, [chosen.threshold])
          : [];
      if (now === undefined) throw new RangeError('a label that cannot be drawn');
      const points = curve(state.label);
      const name = classNames[state.label] ?? '';
      return labelSlideFigure({ name, items: model.items, points, now, best: top ?? null }, size);
    },
    controls: (redraw) => {
      hooks.changed = () => {
        redraw();
        update();
      };
      fill();
      return [labels(), place, metrics()];
    },
  });
  update();
  return h('div', {}, figure, few, table, buttons);
};
