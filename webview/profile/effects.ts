import type { ProfileFacts } from '../../src/profile/classRows';
import {
  adjustmentFigure,
  effectiveNumbersFigure,
  repeatsFigure,
  samplerFigure,
  weightChoices,
  weightsFigure,
  type RankedCounts,
  type WeightChoice,
} from '../../src/report/figures';
import { words } from '../../src/words/say';
import { dropdown } from '../ui/controls';
import { figureElement, slider } from '../ui/figure';
import { card } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { tabs, type Tab } from '../ui/tabs';
import { rankedCounts } from './ranked';
import type { Classes } from './classes';

/** What the sliders are set to. */
export interface EffectsUi {
  readonly tab: string;
  readonly q: number;
  readonly rule: WeightChoice;
  /** Common logarithm of 1 / (1 − β). */
  readonly betaDigits: number;
  readonly tau: number;
  /** Common logarithm of t. */
  readonly thresholdDigits: number;
}

export const usualEffects: EffectsUi = {
  tab: 'sampler',
  q: 0,
  rule: 'inverse',
  betaDigits: 4,
  tau: 1,
  thresholdDigits: -3,
};

export interface EffectsOptions {
  readonly ui: EffectsUi;
  readonly onUi: (ui: EffectsUi) => void;
  readonly save: (request: SaveRequest) => void;
}

const height = 260;

/** 1 − 10^(−digits), without the dust of binary fractions. */
const betaOf = (digits: number): number => Number((1 - 10 ** -digits).toPrecision(12));
const thresholdOf = (digits: number): number => Number((10 ** digits).toPrecision(2));

/** Classes by the images that hold them, where a sample has several labels; null elsewhere. */
const byImages = (
  { objects, labelSets }: ProfileFacts,
  classes: Classes,
): { readonly ranked: RankedCounts; readonly images: number } | null => {
  if (objects !== undefined) {
    const counts = Float64Array.from(objects.classes, ({ images }) => images);
    return { ranked: rankedCounts(classes, counts), images: objects.images };
  }
  return labelSets === undefined || classes.length === 0
    ? null
    : { ranked: rankedCounts(classes), images: labelSets.samples };
};

/** What samplers, weights, adjustment and repeat factors would do to these classes: slide and see. */
export const effectsCard = (
  profile: ProfileFacts,
  classes: Classes,
  { ui: start, onUi, save }: EffectsOptions,
): HTMLElement => {
  const state = { ui: start };
  const ranked = rankedCounts(classes);
  const set = (next: Partial<EffectsUi>): void => {
    state.ui = { ...state.ui, ...next };
    onUi(state.ui);
  };
  const caption = (id: string): string => words(`pages/effects/${id}/caption`);
  const sampler: Tab = {
    id: 'sampler',
    label: words('pages/effects/sampler'),
    open: () =>
      figureElement({
        name: 'sampler',
        caption: caption('sampler'),
        height,
        save,
        make: (size) => samplerFigure(ranked, state.ui.q, size),
        controls: (redraw) => [
          slider(
            {
              id: 'effect-q',
              label: words('pages/effects/q'),
              min: -1,
              max: 1,
              step: 0.05,
              value: state.ui.q,
              show: (value) => words(`pages/effects/q/${samplerKind(value)}`, { q: value }),
            },
            (q) => {
              set({ q });
              redraw();
            },
          ),
        ],
      }),
  };
  const beta = (redraw: () => void): HTMLElement =>
    slider(
      {
        id: 'effect-beta',
        label: words('pages/effects/beta'),
        min: 1,
        max: 6,
        step: 0.25,
        value: state.ui.betaDigits,
        show: (value) => String(betaOf(value)),
      },
      (betaDigits) => {
        set({ betaDigits });
        redraw();
      },
    );
  const weights: Tab = {
    id: 'weights',
    label: words('pages/effects/weights'),
    open: () =>
      figureElement({
        name: 'class-weights',
        caption: caption('weights'),
        height,
        save,
        make: (size) =>
          weightsFigure(ranked, { rule: state.ui.rule, beta: betaOf(state.ui.betaDigits) }, size),
        controls: (redraw) => [
          dropdown(
            {
              label: words('pages/effects/rule'),
              value: state.ui.rule,
              choices: weightChoices.map((rule) => ({
                value: rule,
                label: words(`pages/effects/rule/${rule}`),
              })),
            },
            (value) => {
              set({ rule: weightChoices.find((rule) => rule === value) ?? 'inverse' });
              redraw();
            },
          ),
          beta(redraw),
        ],
      }),
  };
  const effective: Tab = {
    id: 'effective',
    label: words('pages/effects/effective'),
    open: () =>
      figureElement({
        name: 'effective-number',
        caption: caption('effective'),
        height,
        save,
        make: (size) => effectiveNumbersFigure(ranked, betaOf(state.ui.betaDigits), size),
        controls: (redraw) => [beta(redraw)],
      }),
  };
  const adjustment: Tab = {
    id: 'adjustment',
    label: words('pages/effects/adjustment'),
    open: () =>
      figureElement({
        name: 'logit-adjustment',
        caption: caption('adjustment'),
        height,
        save,
        make: (size) => adjustmentFigure(ranked, state.ui.tau, size),
        controls: (redraw) => [
          slider(
            {
              id: 'effect-tau',
              label: words('pages/effects/tau'),
              min: 0,
              max: 2,
              step: 0.05,
              value: state.ui.tau,
              show: (value) => words('pages/number/two', { value }),
            },
            (tau) => {
              set({ tau });
              redraw();
            },
          ),
        ],
      }),
  };
  const images = byImages(profile, classes);
  const repeats = (): Tab[] => {
    if (images === null) return [];
    return [
      {
        id: 'repeats',
        label: words('pages/effects/repeats'),
        open: () =>
          figureElement({
            name: 'repeat-factors',
            caption: caption('repeats'),
            height,
            save,
            make: (size) =>
              repeatsFigure(
                {
                  ranked: images.ranked,
                  images: images.images,
                  threshold: thresholdOf(state.ui.thresholdDigits),
                  ...(profile.rarest === undefined ? {} : { rarest: profile.rarest }),
                },
                size,
              ),
            controls: (redraw) => [
              slider(
                {
                  id: 'effect-t',
                  label: words('pages/effects/t'),
                  min: -4,
                  max: 0,
                  step: 0.1,
                  value: state.ui.thresholdDigits,
                  show: (value) => String(thresholdOf(value)),
                },
                (thresholdDigits) => {
                  set({ thresholdDigits });
                  redraw();
                },
              ),
            ],
          }),
      },
    ];
  };
  // Samplers and weights by class, and logit adjustment, are for one label a sample.
  const single = profile.dataset.task === 'single-label';
  const all = single
    ? [sampler, weights, effective, adjustment]
    : [...repeats(), weights, effective];
  return card(
    words('pages/effects/title'),
    { class: 'effects' },
    tabs(words('pages/effects/title'), all, state.ui.tab, (tab) => set({ tab })),
  );
};

const samplerKind = (q: number): string =>
  q === 1
    ? 'instance'
    : q === 0.5
      ? 'square-root'
      : q === 0
        ? 'class-balanced'
        : q === -1
          ? 'reversed'
          : 'power';
