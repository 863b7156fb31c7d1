import { plainConfig, type PlainOptions } from '../config/defaults';
import { applyPatch } from '../config/patch';
import type { Preset } from '../config/presets';
import type { RebalanceConfig } from '../config/schema';
import { serializeConfig, type ConfigComment } from '../config/serialize';
import type { LongTailProfile } from '../profile/types';
import { LongtailError } from '../common/errors';
import { say, words } from '../words/say';
import { ruleFactsOf, type RuleFacts } from './facts';
import type { Recommendation } from './types';

/** A config with the comments its file should carry. */
export interface CommentedConfig {
  readonly config: RebalanceConfig;
  readonly comments: readonly ConfigComment[];
  /** The file as text, comments and all. */
  readonly text: string;
}

const stepsOf = (config: RebalanceConfig, facts: RuleFacts): number => {
  const { validation, test } = config.dataset.splits;
  const share = (part: number | string): number => (typeof part === 'number' ? part : 0);
  const samples = facts.total * (1 - share(validation) - share(test));
  return config.stages.reduce(
    (sum, { epochs, optimizer }) => sum + epochs * Math.ceil(samples / optimizer.batchSize),
    0,
  );
};

const linesOf = (recommendation: Recommendation | null): readonly string[] =>
  recommendation === null
    ? []
    : [
        words('config/comment/recipe', { title: say(recommendation.title) }),
        say(recommendation.reason),
        `${recommendation.source.paper}: ${recommendation.source.place}`,
        ...recommendation.expected.map((message) => say(message)),
        say(recommendation.whenNot),
      ];

/** The comment that records the counts a config was made for. */
export const datasetComment = ({ total, present, largest, smallest }: RuleFacts): string =>
  words('config/comment/dataset', {
    samples: total,
    classes: present,
    largest: largest.count,
    largestName: largest.name,
    smallest: smallest.count,
    smallestName: smallest.name,
  });

const commentsFor = (
  config: RebalanceConfig,
  facts: RuleFacts,
  recipe: readonly string[],
): readonly ConfigComment[] => {
  const { splits, root } = config.dataset;
  const name = root.split(/[/\\]/).findLast((part) => part !== '' && part !== '.') ?? root;
  const top = [words('config/comment/top', { dataset: name })];
  top.push(...recipe);
  const heldOut = [
    ...(typeof splits.validation === 'number' ? [words('config/comment/split-validation')] : []),
    ...(typeof splits.test === 'number' ? [words('config/comment/split-test')] : []),
  ];
  const prior = typeof config.goal.prior === 'string' ? config.goal.prior : 'given';
  const { augment } = config.input;
  return [
    { at: [], text: top.join('\n') },
    { at: ['dataset'], text: datasetComment(facts) },
    ...heldOut.map((text) => ({ at: ['dataset', 'splits'], text })),
    { at: ['goal'], text: words(`config/comment/prior-${prior}`) },
    ...(augment.includes('flip')
      ? [{ at: ['input', 'augment'], text: words('config/comment/augment-flip') }]
      : augment.includes('crop')
        ? [{ at: ['input', 'augment'], text: words('config/comment/augment-crop') }]
        : []),
    { at: ['stages'], text: words('config/comment/steps', { steps: stepsOf(config, facts) }) },
  ];
};

/**
 * The config of a recommendation on a dataset: the plain recipe with its patch, and comments that
 * say why in this profile's numbers. Without a recommendation, or with one that has nothing to
 * configure, the plain recipe. Throws `config/patch` when the patch does not fit.
 */
export const configFor = (
  profile: LongTailProfile,
  options: PlainOptions,
  recommendation: Recommendation | null = null,
): CommentedConfig => {
  const plain = plainConfig(profile, options);
  const config = applyPatch(plain, recommendation?.patch ?? {});
  const comments = commentsFor(config, ruleFactsOf(profile), linesOf(recommendation));
  return { config, comments, text: serializeConfig(config, comments) };
};

/**
 * The config of a paper's recipe on a dataset, its schedule scaled to the epochs of the plain one.
 * Throws `config/preset-images` or `config/preset-labels` where the data do not fit it.
 */
export const presetConfigFor = (
  profile: LongTailProfile,
  options: PlainOptions,
  preset: Preset,
): CommentedConfig => {
  const facts = ruleFactsOf(profile);
  if (facts.task === 'multi-label')
    throw new LongtailError('config/preset-labels', { task: facts.task });
  if (preset.images && facts.modality !== 'image')
    throw new LongtailError('config/preset-images', {
      preset: preset.id,
      modality: facts.modality,
    });
  const plain = plainConfig(profile, options);
  const made = preset.apply(plain, { classes: facts.present, ratio: facts.ratio });
  const epochs = plain.stages.reduce((sum, stage) => sum + stage.epochs, 0);
  const config = applyPatch(made, {});
  const comments = commentsFor(config, facts, [
    words('config/comment/recipe', { title: words(`config/preset/${preset.id}`) }),
    words(`config/preset/${preset.id}/why`, { epochs }),
  ]);
  return { config, comments, text: serializeConfig(config, comments) };
};

/** Advice, or a paper's recipe by name. */
export type Recipe = Recommendation | Preset;

/** The config of any recipe on a dataset; null is the plain one. */
export const recipeConfigFor = (
  profile: LongTailProfile,
  options: PlainOptions,
  recipe: Recipe | null,
): CommentedConfig =>
  recipe !== null && 'apply' in recipe
    ? presetConfigFor(profile, options, recipe)
    : configFor(profile, options, recipe);
