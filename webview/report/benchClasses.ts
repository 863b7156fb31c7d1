import type { RecallScores } from '../../src/methods/metrics';
import { itemsNeededToTune, usualThreshold, type Rivalry } from '../../src/methods/posthoc';
import {
  choosable,
  classMeasures,
  classPoint,
  classPoints,
  judgeClasses,
  rivalry,
  type ClassMeasure,
  type ClassPoint,
} from '../../src/report/bench/classes';
import { settingOf, type BenchSetting } from '../../src/report/bench/setting';
import { scoreSetting } from '../../src/report/bench/slide';
import { benchTable } from '../../src/report/bench/table';
import { classSlideFigure } from '../../src/report/figures';
import { words } from '../../src/words/say';
import { button, dropdown } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { figureElement } from '../ui/figure';
import { tableElement } from '../ui/table';
import type { BenchTabOptions } from './benchTab';
import { classBests, type ClassBest } from './classBests';
import { thresholdList } from './thresholdList';

const height = 260;
/** Places of the curve: 0.0001 to 1. */
const values: readonly number[] = Array.from({ length: 61 }, (_, i) => 10 ** (i / 15 - 4));

/** As the slider shows it; what is kept is what is seen. */
const rounded = (value: number): number => Number(value.toPrecision(3));
const show = (value: number): string => words('figures/number', { value });

/** A threshold a class of three and more, each with its slider, over validation scores. */
export const classThresholdTab = ({ report, model, save, keep }: BenchTabOptions): HTMLElement => {
  const { bands } = report;
  const { classNames, trainCounts } = model;
  const { prior } = report.config.goal;
  const order = classNames.map((_, j) => j);
  order.sort((a, b) => (trainCounts[a] ?? 0) - (trainCounts[b] ?? 0));
  const own = settingOf(report);
  const even = classNames.map(() => usualThreshold);
  const state: { thresholds: readonly number[]; position: number; measure: ClassMeasure } = {
    thresholds: own?.kind === 'class-thresholds' ? own.thresholds : even,
    position: order[0] ?? 0,
    measure: 'expected',
  };
  const setting = (): BenchSetting => ({ kind: 'class-thresholds', thresholds: state.thresholds });
  const scoresOf = (thresholds: readonly number[]): RecallScores => {
    const scores = scoreSetting(model, { kind: 'class-thresholds', thresholds }, prior);
    if (scores === null) throw new RangeError('thresholds of other classes');
    return scores;
  };
  const plain = scoresOf(even);
  const known: { key: string; points: readonly ClassPoint[] } = { key: '', points: [] };
  /** The curve of a class does not change while its own slider moves. */
  const points = (): readonly ClassPoint[] => {
    const { position, thresholds } = state;
    const key = JSON.stringify([position, thresholds.with(position, 0.5)]);
    if (known.key !== key) {
      const rivals: Rivalry = rivalry(model, thresholds, position);
      Object.assign(known, {
        key,
        points: classPoints(model, position, rivals, { values, prior }),
      });
    }
    return known.points;
  };
  const hooks = { changed: (): void => undefined, progress: (): void => undefined };
  const bestsBy = classBests(model, prior, {
    progress: () => hooks.progress(),
    found: () => hooks.changed(),
  });
  const best = (): ClassBest => bestsBy(state.measure);
  const list = thresholdList({
    ...{ classNames, order, show },
    valueOf: (position) => state.thresholds[position] ?? usualThreshold,
    onMove: (position, value) => {
      state.thresholds = state.thresholds.with(position, rounded(value));
      state.position = position;
      hooks.changed();
    },
    onChoose: (position) => {
      if (state.position === position) return;
      state.position = position;
      hooks.changed();
    },
  });
  const set = (thresholds: readonly number[]): void => {
    state.thresholds = thresholds;
    list.refill();
    hooks.changed();
  };
  const measureName = (measure: ClassMeasure): string =>
    words(
      `pages/bench/measure/${measure === 'expected' && prior === 'uniform' ? 'balanced' : measure}`,
    );
  const table = h('div', {});
  const buttons = h('div', { class: 'actions' });
  const search = h('p', { class: 'note' });
  hooks.progress = () => {
    const { thresholds, share } = best();
    search.textContent =
      thresholds === null
        ? words('pages/bench/classes/searching', { share: Math.round(share * 20) / 20 })
        : words('pages/bench/classes/flatters');
  };
  const update = (): void => {
    const { thresholds, scores } = best();
    const shown = { plain, now: scoresOf(state.thresholds), best: scores };
    const context = { bands, classNames, expected: prior !== 'uniform' };
    replace(table, tableElement(benchTable(shown, context), words('pages/bench/table')));
    replace(
      buttons,
      button(words('pages/bench/keep'), () => keep(setting()), { primary: true }),
      thresholds === null ? null : button(words('pages/bench/best'), () => set(thresholds)),
      button(words('pages/bench/classes/level'), () => set(even)),
      h('span', { class: 'note' }, words('pages/bench/keep/hint')),
    );
    hooks.progress();
  };
  const measures = (): HTMLElement =>
    dropdown(
      {
        label: words('pages/bench/metric'),
        value: state.measure,
        choices: classMeasures.map((value) => ({ value, label: measureName(value) })),
      },
      (chosen) => {
        state.measure = classMeasures.find((one) => one === chosen) ?? 'expected';
        hooks.changed();
      },
    );
  const figure = figureElement({
    ...{ name: 'bench-classes', caption: words('pages/bench/classes/caption'), height, save },
    make: (size) => {
      const { position, thresholds, measure } = state;
      const value = thresholds[position] ?? usualThreshold;
      return classSlideFigure(
        {
          ...{ name: classNames[position] ?? '', points: points(), plain, best: best().scores },
          now: classPoint(value, position, scoresOf(thresholds)),
          ...{ judge: judgeClasses(measure), judgeName: measureName(measure) },
        },
        size,
      );
    },
    controls: (redraw) => {
      hooks.changed = () => {
        redraw();
        update();
      };
      return [measures()];
    },
  });
  update();
  const held = choosable(model).filter((free) => !free).length;
  const few =
    held === 0
      ? null
      : words('pages/bench/classes/held', { count: held, needed: itemsNeededToTune });
  const how = words('pages/bench/classes/how');
  const note = (text: string): HTMLElement => h('p', { class: 'note' }, text);
  return h(
    ...(['div', {}, note(how), list.element, figure, few === null ? null : note(few)] as const),
    ...[search, table, buttons],
  );
};
