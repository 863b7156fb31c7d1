// What recipes change: each makes a function of the plain config of a setting and the setting.
import { headStage } from './settings.mjs';

const sum = (values) => values.reduce((total, x) => total + x, 0);

/** Something else in every stage of the plain config. */
export const train = (change) => (plain, setting) => ({
  stages: plain.stages.map((stage) => ({
    ...stage,
    ...(typeof change === 'function' ? change(stage, setting) : change),
  })),
});

/** Weights or a sampler that come into force at LDAM-DRW's epoch 160 of 200, with what else is given. */
export const deferred = (change) =>
  train((stage) => ({ ...change, switchAt: Math.round(stage.epochs * 0.8) }));

/** A second stage: the classifier alone, `rest` over `headStage`. */
export const head = (rest) => (plain) => ({ stages: [...plain.stages, headStage(rest)] });

export const posthoc = (value) => () => ({ posthoc: value });

/** Plain epochs as epochs of so many items: about as many steps, at least one epoch. */
const sameSteps = ({ epochs }, items, { counts }) =>
  Math.max(1, Math.round((epochs * sum(counts)) / items));

/** A change under which an epoch has `items(counts)` items. */
export const resized = (items, change) =>
  train((stage, setting) => ({
    epochs: sameSteps(stage, items(setting.counts), setting),
    ...change,
  }));

export const items = {
  over: (counts) => counts.length * Math.max(...counts),
  under: (counts) => counts.length * Math.min(...counts),
  /** With tail augmentation of that strength and cap. */
  copied:
    ({ strength, most }) =>
    (counts) =>
      sum(counts.map((n) => n * Math.min(most, (Math.max(...counts) / n) ** strength))),
};

/** Rate × `dropTo` where the paper's epochs, of `whole`, fall in `epochs`. */
const drops = (epochs, { whole, at, dropTo, warmup }) => ({
  schedule: 'step',
  dropAt: [...new Set(at.map((drop) => Math.max(1, Math.round((epochs * drop) / whole))))].filter(
    (drop) => drop < epochs,
  ),
  dropTo,
  warmupEpochs: Number(((warmup * epochs) / whole).toPrecision(2)),
});

/** The preset `bag-of-tricks`: a test holds them equal. */
export const bagOfTricks = (plain) => {
  const [stage] = plain.stages;
  const { optimizer } = stage;
  const [second, third] = [40, 20].map((part) =>
    Math.max(1, Math.round((stage.epochs * part) / 460)),
  );
  const first = Math.max(1, stage.epochs - second - third);
  const mixing = { kind: 'mixup', alpha: 1 };
  const sampler = { kind: 'class-balanced' };
  const rate = (share) => Number((optimizer.learningRate * share).toPrecision(3));
  const last = drops(third, { whole: 20, at: [8, 16], dropTo: 0.1, warmup: 0 });
  return {
    stages: [
      {
        ...{ ...stage, name: 'mixup', epochs: first, mixing },
        optimizer: {
          ...optimizer,
          ...drops(first, { whole: 400, at: [320, 360], dropTo: 0.01, warmup: 5 }),
        },
      },
      {
        ...{ ...stage, name: 'balanced', epochs: second, sampler, mixing },
        optimizer: {
          ...{ ...optimizer, learningRate: rate(0.01), schedule: 'constant', warmupEpochs: 0 },
        },
      },
      {
        ...{ ...stage, name: 'fine-tune', epochs: third, sampler },
        optimizer: {
          ...{ ...optimizer, learningRate: rate(0.02), ...last },
          ...(last.dropAt.length === 0 ? { dropAt: undefined } : {}),
        },
      },
    ],
  };
};
