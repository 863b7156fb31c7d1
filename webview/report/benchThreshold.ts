import { positiveOf } from '../../src/methods/posthoc';
import { settingOf, thresholdMetrics, type ThresholdMetric } from '../../src/report/bench/setting';
import {
  canTune,
  judgeThreshold,
  ruleThreshold,
  scoreSetting,
  slideOver,
  type SlidePoint,
} from '../../src/report/bench/slide';
import { words } from '../../src/words/say';
import { dropdown } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { slider } from '../ui/figure';
import { slideElement, type BenchTabOptions } from './benchTab';

const values: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
/** Closer than this is the same place of the slider. */
const step = 0.005;

/** A slider of the threshold of the rarer of two classes over validation scores. */
export const thresholdTab = (options: BenchTabOptions): HTMLElement => {
  const { report, model } = options;
  const { prior } = report.config.goal;
  const positive = positiveOf(model.trainCounts);
  const name = model.classNames[positive] ?? '';
  const settingAt = (threshold: number, metric: ThresholdMetric | null) =>
    ({ kind: 'thresholds', metric, threshold }) as const;
  const points = slideOver(model, values, (value) => settingAt(value, 'f1'), prior);
  const own = settingOf(report);
  const state: { threshold: number; metric: ThresholdMetric } = {
    // Reports say 2 of a class that is never predicted: so it is from 1 on.
    threshold: own?.kind === 'thresholds' ? Math.min(own.threshold, 1) : 0.5,
    metric: 'f1',
  };
  const bests = new Map<ThresholdMetric, number>();
  const bestValue = (): number => {
    const known = bests.get(state.metric) ?? ruleThreshold(model, state.metric, prior);
    bests.set(state.metric, known);
    return known;
  };
  const best = (): SlidePoint | null => {
    if (!canTune(model)) return null;
    const value = bestValue();
    const scores = scoreSetting(model, settingAt(value, state.metric), prior);
    return scores === null ? null : { value, scores };
  };
  const place = h('span', { class: 'slots' });
  const hooks = { changed: (): void => undefined };
  const fill = (): void =>
    replace(
      place,
      slider(
        {
          id: 'bench-threshold',
          label: words('pages/bench/at', { name }),
          min: 0.01,
          max: 0.99,
          step: 0.01,
          value: state.threshold,
          show: (value) => words('pages/number/two', { value }),
        },
        (threshold) => {
          state.threshold = threshold;
          hooks.changed();
        },
      ),
    );
  const metric = (): HTMLElement =>
    dropdown(
      {
        label: words('pages/bench/metric'),
        value: state.metric,
        choices: thresholdMetrics.map((value) => ({
          value,
          label: words(`pages/bench/metric/${value}`, { name }),
        })),
      },
      (value) => {
        state.metric = thresholdMetrics.find((one) => one === value) ?? 'f1';
        hooks.changed();
      },
    );
  return slideElement(
    {
      id: 'threshold',
      what: 'threshold',
      state: () => ({
        value: state.threshold,
        // Kept as the rule that finds it, or else as it was set.
        setting: settingAt(
          state.threshold,
          Math.abs(state.threshold - bestValue()) < step ? state.metric : null,
        ),
        prior,
        points,
        best: best(),
        judge: judgeThreshold(state.metric, positive),
        judgeName: words(`pages/bench/metric/${state.metric}`, { name }),
      }),
      controls: (changed) => {
        hooks.changed = changed;
        fill();
        return [place, metric()];
      },
      setToBest: () => {
        state.threshold = bestValue();
        fill();
        hooks.changed();
      },
    },
    options,
  );
};
