import { trainingMinutes } from '../effort';
import { because, type Case, type Rule } from '../rule';

/** The baseline and the recipe. */
const trainings = 2;
const longMinutes = 10;

/** Minutes that the baseline and a recipe from scratch would take; null where the size is not known. */
const scratchMinutes = ({ goals }: Case): number | null => {
  const minutes = trainingMinutes(goals);
  return minutes === null ? null : minutes * trainings;
};

const isLong = (given: Case): boolean => (scratchMinutes(given) ?? 0) > longMinutes;

/** Situations where nothing is to be corrected, or nothing can be. */
const untouched = ['nothing-labelled', 'one-class', 'as-trained', 'balanced'];

/**
 * A backbone trained on many photos, frozen, with a corrected head: the most from few photos, and
 * minutes where training from scratch would take far longer.
 */
export const frozenBackbone: Rule = {
  id: 'frozen-backbone',
  when: (given) => {
    const { situation, facts, goals } = given;
    if (!facts.maybePhotos || goals.pictures?.channels === 1) return null;
    if (situation === 'few-photos' || situation === 'too-little-data') return 0;
    if (isLong(given) && !untouched.includes(situation)) return -1;
    return situation === 'extreme' ? 3 : null;
  },
  because: (given) => {
    const { code, params } = because('frozen-backbone')(given);
    const { situation } = given;
    if (!isLong(given) || situation === 'few-photos' || situation === 'too-little-data')
      return { code, params };
    const minutes = Math.round(scratchMinutes(given) ?? 0);
    return { code: `${code}-slow`, params: { ...params, minutes } };
  },
  source: {
    paper: 'Kang et al., ICLR 2020; Menon et al., ICLR 2021',
    place: 'a classifier on frozen features; results on Places-LT, pre-trained on ImageNet',
  },
  expected: () => [
    {
      code: 'recommend/published',
      params: { set: 'Places-LT', from: 30.2, to: 37.6, runs: ['Kang et al. 2020, LWS'], count: 1 },
    },
    // `longtail train` on all 12,406 training pictures, two backends alike (docs/benchmarks.md).
    {
      code: 'recommend/frozen-backbone/expected',
      params: { plain: 60.5, adjusted: 70.9, scratch: 47, scratchAdjusted: 64.3 },
    },
  ],
  patch: (_, plain) => ({
    // The plain net's own keys mean nothing to another kind of model.
    model: {
      ...Object.fromEntries(Object.keys(plain.model).map((key) => [key, null])),
      kind: 'pretrained',
    },
    input: { size: null, augment: [] },
    stages: plain.stages.map(({ optimizer, ...stage }) => ({
      ...stage,
      loss: { kind: 'logit-adjusted', tau: 1 },
      optimizer: {
        ...optimizer,
        learningRate: Number(((0.01 * optimizer.batchSize) / 128).toPrecision(3)),
        nesterov: false,
        weightDecay: 5e-4,
        schedule: 'constant',
        warmupEpochs: 0,
      },
    })),
  }),
};
