import type { RecallScores } from '../../src/methods/metrics';
import { itemsNeededToTune, usualThreshold } from '../../src/methods/posthoc';
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
import { settingOf, type BenchSetting, type TargetPrior } from '../../src/report/bench/setting';
import { scoreSetting, type BenchModel } from '../../src/report/bench/slide';
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

/** What is set, and by what measure it is judged. */
interface State {
  thresholds: readonly number[];
  /** The class whose curve is shown. */
  position: number;
  measure: ClassMeasure;
}

/** The curve of a class, which does not change while its own slider moves. */
const classCurve = (
  model: BenchModel,
  prior: TargetPrior,
): ((state: State) => readonly ClassPoint[]) => {
  const known: { key: string; points: readonly ClassPoint[] } = { key: '', points: [] };
  return ({ position, thresholds }) => {
    const key = JSON.stringify([position, thresholds.with(position, usualThreshold)]);
    if (known.key !== key) {
      const rivals = rivalry(model, thresholds, position);
      const points = classPoints(model, position, rivals, { values, prior });
      Object.assign(known, { key, points });
    }
    return known.points;
  };
};

const measureName = (measure: ClassMeasure, prior: TargetPrior): string =>
  words(
    `pages/bench/measure/${measure === 'expected' && prior === 'uniform' ? 'balanced' : measure}`,
  );

const measureChoice = (
  { measure }: State,
  prior: TargetPrior,
  choose: (measure: ClassMeasure) => void,
): HTMLElement =>
  dropdown(
    {
      label: words('pages/bench/metric'),
      value: measure,
      choices: classMeasures.map((value) => ({ value, label: measureName(value, prior) })),
    },
    (chosen) => choose(classMeasures.find((one) => one === chosen) ?? 'expected'),
  );

const note = (text: string): HTMLElement => h('p', { class: 'note' }, text);

/** Says of how many classes no threshold is chosen; nothing where there are none. */
const heldNote = (model: BenchModel): HTMLElement | null => {
  const count = choosable(model).filter((free) => !free).length;
  return count === 0
    ? null
    : note(words('pages/bench/classes/held', { count, needed: itemsNeededToTune }));
};

/** A threshold a class of three and more, each with its slider, over validation scores. */
export const classThresholdTab = ({ report, model, save, keep }: BenchTabOptions): HTMLElement => {
  const { bands } = report;
  const { classNames, trainCounts } = model;
  const { prior } = report.config.goal;
  const order = classNames.map((_, j) => j);
  order.sort((a, b) => (trainCounts[a] ?? 0) - (trainCounts[b] ?? 0));
  const own = settingOf(report);
  const even = classNames.map(() => usualThreshold);
  const state: State = {
    thresholds: own?.kind === 'class-thresholds' ? own.thresholds : even,
    position: order[0] ?? 0,
    measure: 'expected',
  };
  const settingAt = (thresholds: readonly number[]): BenchSetting => ({
    kind: 'class-thresholds',
    thresholds,
  });
  const scoresOf = (thresholds: readonly number[]): RecallScores => {
    const scores = scoreSetting(model, settingAt(thresholds), prior);
    if (scores === null) throw new RangeError('thresholds of other classes');
    return scores;
  };
  const plain = scoresOf(even);
  const curve = classCurve(model, prior);
  const hooks = { changed: (): void => undefined, progress: (): void => undefined };
  const bestsBy = classBests(model, prior, {
    progress: () => hooks.progress(),
    found: () => hooks.changed(),
  });
  const best = (): ClassBest => bestsBy(state.measure);
  const valueOf = (position: number): number => state.thresholds[position] ?? usualThreshold;
  const change = (next: Partial<State>): void => {
    Object.assign(state, next);
    hooks.changed();
  };
  const list = thresholdList({
    ...{ classNames, order, show, valueOf },
    onMove: (position, value) =>
      change({ position, thresholds: state.thresholds.with(position, rounded(value)) }),
    onChoose: (position) => {
      if (state.position !== position) change({ position });
    },
  });
  const set = (thresholds: readonly number[]): void => {
    state.thresholds = thresholds;
    list.refill();
    hooks.changed();
  };
  const table = h('div', {});
  const buttons = h('div', { class: 'actions' });
  const search = note('');
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
      button(words('pages/bench/keep'), () => keep(settingAt(state.thresholds)), { primary: true }),
      thresholds === null ? null : button(words('pages/bench/best'), () => set(thresholds)),
      button(words('pages/bench/classes/level'), () => set(even)),
      h('span', { class: 'note' }, words('pages/bench/keep/hint')),
    );
    hooks.progress();
  };
  const figure = figureElement({
    ...{ name: 'bench-classes', caption: words('pages/bench/classes/caption'), height, save },
    make: (size) => {
      const { position, thresholds, measure } = state;
      return classSlideFigure(
        {
          ...{ name: classNames[position] ?? '', points: curve(state), plain, best: best().scores },
          now: classPoint(valueOf(position), position, scoresOf(thresholds)),
          ...{ judge: judgeClasses(measure), judgeName: measureName(measure, prior) },
        },
        size,
      );
    },
    controls: (redraw) => {
      hooks.changed = () => {
        redraw();
        update();
      };
      return [measureChoice(state, prior, (measure) => change({ measure }))];
    },
  });
  update();
  return h(
    ...(['div', {}, note(words('pages/bench/classes/how')), list.element, figure] as const),
    ...[heldNote(model), search, table, buttons],
  );
};
