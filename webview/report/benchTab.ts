import type { RecallScores } from '../../src/methods/metrics';
import { scoreSetting, type BenchModel, type SlidePoint } from '../../src/report/bench/slide';
import type { BenchSetting, TargetPrior } from '../../src/report/bench/setting';
import { benchTable } from '../../src/report/bench/table';
import { slideFigure } from '../../src/report/figures';
import { bandName } from '../../src/report/headline';
import type { RunReport } from '../../src/report/types';
import { words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { figureElement } from '../ui/figure';
import type { SaveRequest } from '../ui/save';
import { tableElement } from '../ui/table';

/** What every tab of the bench works with. */
export interface BenchTabOptions {
  readonly report: RunReport;
  readonly model: BenchModel;
  readonly save: (request: SaveRequest) => void;
  readonly keep: (setting: BenchSetting) => void;
}

/** One slider: where it stands, and what depends on it. Read anew at every change. */
export interface SlideState {
  readonly value: number;
  readonly setting: BenchSetting;
  readonly prior: TargetPrior;
  readonly points: readonly SlidePoint[];
  readonly best: SlidePoint | null;
  readonly judge: (scores: RecallScores) => number;
  readonly judgeName: string;
}

export interface SlideTab {
  readonly id: string;
  readonly what: 'tau' | 'threshold';
  readonly state: () => SlideState;
  /** The controls; `changed` redraws what they change. */
  readonly controls: (changed: () => void) => readonly HTMLElement[];
  readonly setToBest: () => void;
}

const height = 260;

/** A figure over a slider, the scores as a table, and the buttons. */
export const slideElement = (
  { id, what, state, controls, setToBest }: SlideTab,
  { report, model, save, keep }: BenchTabOptions,
): HTMLElement => {
  const { bands } = report;
  // Figure and table ask for the same scores at every move.
  const known = new Map<string, RecallScores | null>();
  const scoresOf = (setting: BenchSetting, prior: TargetPrior): RecallScores | null => {
    const key = JSON.stringify([setting, prior]);
    const scores = known.get(key) ?? scoreSetting(model, setting, prior);
    known.set(key, scores);
    return scores;
  };
  const table = h('div', {});
  const buttons = h('div', { class: 'actions' });
  const update = (): void => {
    const { setting, prior, best } = state();
    const plain = scoresOf({ kind: 'none' }, prior);
    const now = scoresOf(setting, prior);
    if (plain === null || now === null) return;
    const context = { bands, classNames: model.classNames, expected: prior !== 'uniform' };
    replace(
      table,
      tableElement(
        benchTable({ plain, now, best: best?.scores ?? null }, context),
        words('pages/bench/table'),
      ),
    );
    replace(
      buttons,
      button(words('pages/bench/keep'), () => keep(state().setting), { primary: true }),
      best === null ? null : button(words('pages/bench/best'), setToBest),
      h('span', { class: 'note' }, words('pages/bench/keep/hint')),
    );
  };
  const figure = figureElement({
    name: `bench-${id}`,
    caption: words(`pages/bench/${id}/caption`),
    height,
    save,
    make: (size) => {
      const { value, setting, prior, points, best, judge, judgeName } = state();
      const plain = scoresOf({ kind: 'none' }, prior);
      const now = scoresOf(setting, prior);
      if (plain === null || now === null) throw new RangeError('a tab that cannot be drawn');
      return slideFigure(
        {
          ...{ points, plain, best, what, judge, judgeName },
          now: { value, scores: now },
          fewName: bandName(bands.scheme, 'few'),
        },
        size,
      );
    },
    controls: (redraw) =>
      controls(() => {
        redraw();
        update();
      }),
  });
  update();
  return h('div', {}, figure, table, buttons);
};
