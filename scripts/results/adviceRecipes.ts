// Every recipe the rules can configure, trained and scored on one dataset: what advice.ts and
// advicePhotos.ts share. Works with the trainer's own parts in one process, so that hundreds of
// runs fit in minutes.
import { checkCombinations } from '../../src/config/combinations';
import { applyPatch } from '../../src/config/patch';
import type { RebalanceConfig } from '../../src/config/schema';
import { predictRows } from '../../src/methods/posthoc';
import type { LongTailProfile } from '../../src/profile/types';
import { ruleFactsOf } from '../../src/recommend/facts';
import { recommend } from '../../src/recommend/recommend';
import { rules } from '../../src/recommend/rules';
import { situationOf } from '../../src/recommend/situations';
import type { Deployment } from '../../src/recommend/types';
import type { Ops } from '../../src/trainer/backend/types';
import type { TrainingData } from '../../src/trainer/data/trainingData';
import { createNetworkFor } from '../../src/trainer/network';
import { correct } from '../../src/trainer/posthoc';
import { predictAll, type Predictions } from '../../src/trainer/predictions';
import { createScorer } from '../../src/trainer/score';
import { runStage, startOf } from '../../src/trainer/stages/runStage';
import { stageSeed } from '../../src/trainer/trainStages';

interface Known {
  readonly weights: Map<string, ReturnType<ReturnType<typeof createNetworkFor>['getWeights']>>;
  readonly predictions: Map<string, Predictions>;
}

const breathe = (): Promise<void> => Promise.resolve();

const train = async (ops: Ops, config: RebalanceConfig, data: TrainingData, known: Known) => {
  const network = createNetworkFor(ops, config, data);
  try {
    for (const [index, stage] of config.stages.entries()) {
      // Draws follow from seed and place: what begins alike is trained once.
      const key = JSON.stringify(config.stages.slice(0, index + 1));
      const before = known.weights.get(key);
      if (before !== undefined) {
        network.setWeights(before);
        continue;
      }
      const seed = stageSeed(config.seed, index);
      const inputs = { ops, network, data, config: stage, seed, stage: index, breathe };
      await runStage(inputs, startOf(index), null, {
        onStep: () => undefined,
        onEpoch: () => undefined,
        shouldStop: () => false,
        checkpoint: () => undefined,
        checkpointDue: () => false,
      });
      known.weights.set(key, network.getWeights());
    }
    return await predictAll(network, ops, data, breathe);
  } finally {
    network.dispose();
  }
};

/** Predicted class of every test row under a config, as digits of a string. */
const predicted = async (
  ops: Ops,
  config: RebalanceConfig,
  data: TrainingData,
  known: Known,
): Promise<string> => {
  const key = JSON.stringify(config.stages);
  const predictions = known.predictions.get(key) ?? (await train(ops, config, data, known));
  known.predictions.set(key, predictions);
  const scorer = createScorer(config, data);
  const { test } = correct(config, data, predictions, scorer);
  const { logits } = scorer.split(test, data.split.test);
  return [...predictRows(Float64Array.from(logits), data.classNames.length)].join('');
};

const worlds: readonly Deployment[] = [{ kind: 'uniform' }, { kind: 'as-trained' }];

/** A dataset with the network all of its recipes have. */
export interface AdviceCase {
  readonly profile: LongTailProfile;
  readonly data: TrainingData;
  /** The config a user gets, which the rules' patches change. */
  readonly plain: RebalanceConfig;
  /** The network of these runs in place of the config's. */
  readonly adapt: (config: RebalanceConfig) => RebalanceConfig;
  /** Whether a rule that names a network of its own means the one of `adapt`. */
  readonly ownNetwork: boolean;
}

/**
 * Predictions of plain training and of every recipe in both worlds, and which recipe is advised
 * first: what a line of `adviceSummary` holds beside its names.
 */
export const adviceLine = async (ops: Ops, given: AdviceCase): Promise<Record<string, unknown>> => {
  const { profile, data, plain, adapt } = given;
  const facts = ruleFactsOf(profile);
  const known: Known = { weights: new Map(), predictions: new Map() };
  const out: Record<string, unknown>[] = [];
  for (const deployment of worlds) {
    const goals = { deployment };
    const world = deployment.kind;
    const situation = situationOf(facts, goals, world);
    const items = recommend(profile, goals).items;
    const first = items.find(({ patch }) => patch !== null);
    const recipes: Record<string, string> = {};
    recipes['plain'] = await predicted(ops, adapt(plain), data, known);
    for (const rule of rules) {
      // What the rule would change, whether or not it is given here.
      const patch = rule.patch({ facts, goals, world, situation }, plain);
      // A recipe with a network of its own is no recipe for another.
      if (patch === null || ('model' in patch && !given.ownNetwork)) continue;
      const patched = applyPatch(plain, patch);
      // A rule for other tasks.
      if (checkCombinations(patched, facts).some(({ severity }) => severity === 'error')) continue;
      const config = adapt(patched);
      const same = JSON.stringify([config.stages, config.posthoc]);
      if (same === JSON.stringify([adapt(plain).stages, plain.posthoc])) continue;
      recipes[rule.id] = await predicted(ops, config, data, known);
    }
    const advised = first === undefined || first.id === 'leave-alone' ? 'plain' : first.id;
    out.push({ world, situation, advised, all: items.map(({ id }) => id), recipes });
  }
  return {
    counts: data.bandCounts,
    labels: [...data.split.test].map((row) => data.classOf[row] ?? 0).join(''),
    worlds: out,
  };
};
