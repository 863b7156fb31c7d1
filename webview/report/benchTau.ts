import { positiveOf } from '../../src/methods/posthoc';
import {
  bestPoint,
  judgeTau,
  slideOver,
  tauValues,
  type SlidePoint,
} from '../../src/report/bench/slide';
import { settingOf, type BenchSetting, type TargetPrior } from '../../src/report/bench/setting';
import { words } from '../../src/words/say';
import { dropdown } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { slider } from '../ui/figure';
import { slideElement, type BenchTabOptions } from './benchTab';

type Kind = 'logit-adjustment' | 'tau-norm';
type PriorChoice = 'uniform' | 'as-trained' | 'given' | 'two';

/** Where the sliders stand; `share` is of the rarer of two classes. */
interface State {
  tau: number;
  choice: PriorChoice;
  share: number;
  curve: { readonly prior: string; readonly points: readonly SlidePoint[] } | null;
}

/** A slider of τ over validation scores, for logit adjustment with the shares it corrects to. */
export const tauTab = (kind: Kind, options: BenchTabOptions): HTMLElement => {
  const { report, model } = options;
  const given = report.config.goal.prior;
  const isTwo = model.classNames.length === 2;
  const positive = positiveOf(model.trainCounts);
  const own = settingOf(report);
  const state: State = {
    tau: own?.kind === kind ? Math.min(2, own.tau) : kind === 'tau-norm' ? 0.5 : 1,
    choice: typeof given === 'string' ? given : 'given',
    share: 0.5,
    curve: null,
  };
  const prior = (): TargetPrior => {
    if (state.choice === 'given') return given;
    if (state.choice !== 'two') return state.choice;
    const [first = '', second = ''] = model.classNames;
    const [rare, other] = positive === 0 ? [first, second] : [second, first];
    return { [rare]: state.share, [other]: 1 - state.share };
  };
  const settingAt = (tau: number): BenchSetting =>
    kind === 'tau-norm' ? { kind, tau } : { kind, tau, prior: prior() };
  const points = (): readonly SlidePoint[] => {
    const key = JSON.stringify(prior());
    if (state.curve?.prior !== key)
      state.curve = { prior: key, points: slideOver(model, tauValues, settingAt, prior()) };
    return state.curve.points;
  };
  const best = (): SlidePoint | null => bestPoint(points(), judgeTau) ?? null;
  const id = kind === 'tau-norm' ? 'norm' : 'adjust';
  const place = h('span', { class: 'slots' });
  const shareSlot = h('span', { class: 'slots' });
  const hooks = { changed: (): void => undefined };
  const fillTau = (): void =>
    replace(
      place,
      slider(
        {
          id: `bench-${id}`,
          label: words('pages/bench/tau'),
          min: 0,
          max: 2,
          step: 0.05,
          value: state.tau,
          show: (value) => words('pages/number/two', { value }),
        },
        (tau) => {
          state.tau = tau;
          hooks.changed();
        },
      ),
    );
  const fillShare = (): void => {
    const shown = state.choice === 'two';
    replace(
      shareSlot,
      shown &&
        slider(
          {
            id: `bench-${id}-share`,
            label: words('pages/bench/share', { name: model.classNames[positive] ?? '' }),
            min: 0.01,
            max: 0.99,
            step: 0.01,
            value: state.share,
            show: (value) => words('pages/number/two', { value }),
          },
          (share) => {
            state.share = share;
            hooks.changed();
          },
        ),
    );
  };
  const choices: readonly PriorChoice[] = [
    'uniform',
    'as-trained',
    ...(typeof given === 'string' ? [] : (['given'] as const)),
    ...(isTwo ? (['two'] as const) : []),
  ];
  const target = (): HTMLElement =>
    dropdown(
      {
        label: words('pages/bench/prior'),
        value: state.choice,
        choices: choices.map((value) => ({ value, label: words(`pages/bench/prior/${value}`) })),
      },
      (value) => {
        state.choice = choices.find((choice) => choice === value) ?? 'uniform';
        fillShare();
        hooks.changed();
      },
    );
  return slideElement(
    {
      id,
      what: 'tau',
      state: () => ({
        value: state.tau,
        setting: settingAt(state.tau),
        prior: prior(),
        points: points(),
        best: best(),
        judge: judgeTau,
        judgeName: words(
          `pages/bench/measure/${state.choice === 'uniform' ? 'balanced' : 'expected'}`,
        ),
      }),
      controls: (changed) => {
        hooks.changed = changed;
        fillTau();
        fillShare();
        return [place, target(), shareSlot];
      },
      setToBest: () => {
        state.tau = best()?.value ?? state.tau;
        fillTau();
        hooks.changed();
      },
    },
    options,
  );
};
