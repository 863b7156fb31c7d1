import type { RuleFacts } from './facts';
import type { Goals } from './types';

/** The class shares an advice is for. */
export type World = 'uniform' | 'as-trained' | 'given';

interface Row {
  readonly id: string;
  readonly when: (facts: RuleFacts, goals: Goals, world: World) => boolean;
}

const detects = ({ task }: RuleFacts): boolean => task === 'detection' || task === 'segmentation';
const oneLabel = ({ task }: RuleFacts): boolean => task === 'single-label';
/** Under this ratio no paper reports a gain. */
export const balancedBelow = 3;

/**
 * The guide's situations, in the order they are asked: does anything follow from counts at all;
 * will the world look like the training data; task; declared noise; the smallest class; the few
 * band; the ratio; the number of classes. The first that holds decides, and the last always does.
 */
export const situations = [
  { id: 'nothing-labelled', when: ({ total }) => total === 0 },
  { id: 'one-class', when: ({ present }) => present === 1 },
  {
    id: 'severe-binary',
    when: (facts) =>
      oneLabel(facts) && facts.modality === 'tabular' && facts.present === 2 && facts.ratio >= 100,
  },
  {
    id: 'as-trained',
    when: (facts, goals, world) =>
      world === 'as-trained' &&
      // Labels that do not exclude each other have no shares that the world could change.
      facts.task !== 'multi-label' &&
      facts.ratio >= balancedBelow &&
      !(oneLabel(facts) && goals.labelNoise === true),
  },
  { id: 'detection', when: detects },
  { id: 'multi-label', when: ({ task }) => task === 'multi-label' },
  { id: 'sequence', when: ({ task }) => task === 'sequence' },
  { id: 'label-noise', when: (_, { labelNoise }) => labelNoise === true },
  { id: 'given-shares', when: (_, __, world) => world === 'given' },
  {
    id: 'too-little-data',
    when: ({ ratio, smallest }) => ratio < balancedBelow && smallest.count < 20,
  },
  { id: 'balanced', when: ({ ratio }) => ratio < balancedBelow },
  { id: 'heavy-compute', when: (_, { heavyCompute }) => heavyCompute === true },
  { id: 'extreme', when: ({ ratio, smallest }) => ratio > 200 || smallest.count < 5 },
  { id: 'probabilities', when: (_, { needsProbabilities }) => needsProbabilities === true },
  {
    id: 'few-photos',
    when: ({ maybePhotos, fewClassShare, total }) =>
      maybePhotos && (fewClassShare >= 0.5 || total < 2000),
  },
  { id: 'mild', when: ({ ratio }) => ratio < 10 },
  { id: 'many-classes', when: ({ present }) => present >= 1000 },
  { id: 'medium-classes', when: ({ present }) => present > 20 },
  { id: 'small-photos', when: ({ maybePhotos, total }) => maybePhotos && total < 5000 },
  { id: 'few-classes', when: () => true },
] as const satisfies readonly Row[];

export type Situation = (typeof situations)[number]['id'];

/** The situation of a dataset in a world. */
export const situationOf = (facts: RuleFacts, goals: Goals, world: World): Situation =>
  situations.find(({ when }) => when(facts, goals, world))?.id ?? 'few-classes';
