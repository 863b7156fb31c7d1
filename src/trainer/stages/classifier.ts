import type { ClassifierConfig, RebalanceConfig, StageConfig } from '../../config/schema';
import type { Ops } from '../backend/types';
import type { Place } from '../checkpoint';
import { classifierSpec, scaleName } from '../models/classifier';
import type { NamedWeight, Network, Parameter } from '../models/types';

const scales = ({ trainable }: Pick<StageConfig, 'trainable'>): boolean =>
  trainable === 'scale' || trainable === 'classifier-and-scale';

/** The last classifier named up to a stage, which is left out; the model's own where none is. */
const classifierBefore = (
  { model, stages }: Pick<RebalanceConfig, 'model' | 'stages'>,
  stage: number,
): ClassifierConfig | undefined => {
  const own = 'classifier' in model ? model.classifier : undefined;
  return (
    stages.slice(0, stage).findLast(({ classifier }) => classifier !== undefined)?.classifier ?? own
  );
};

/** Gives a network the classifier that training has at a place, so that its weights can be set. */
export const placeClassifier = (
  network: Network,
  config: Pick<RebalanceConfig, 'model' | 'stages'>,
  { stage, epoch, step }: Pick<Place, 'stage' | 'epoch' | 'step'>,
): void => {
  const current = epoch > 0 || step > 0 ? config.stages[stage] : undefined;
  const named = classifierBefore(config, current === undefined ? stage : stage + 1);
  const scaled = current !== undefined && scales(current);
  network.setClassifier(classifierSpec(named), { seed: 0, scaled });
};

const zeros = ({ shape, values }: NamedWeight): NamedWeight => ({
  shape,
  values: new Float32Array(values.length),
});

/**
 * What a stage does to the weights before its first step: `init: again`, a classifier in place of
 * the one so far, and scales of one behind it. Scaling trains s·(W f); with `scaleBias`, or when the
 * classifier trains along, it is s·(W f + b), as in the authors' code.
 */
export const beginStage = (network: Network, config: StageConfig, seed: number): void => {
  const { classifier, init, trainable, scaleBias = false } = config;
  if (init === 'again') network.reinitialize(trainable === 'all' ? 'all' : 'classifier', seed);
  if (classifier !== undefined)
    network.setClassifier(classifierSpec(classifier), { seed, scaled: false });
  if (!scales(config)) return;
  const weights = new Map(network.getWeights());
  const bias = weights.get('classifier/bias');
  if (trainable === 'scale' && !scaleBias && bias !== undefined)
    weights.set('classifier/bias', zeros(bias));
  network.setClassifier(network.spec.classifier, { seed, scaled: true });
  const scale = network.getWeights().get(scaleName);
  if (scale !== undefined) weights.set(scaleName, scale);
  network.setWeights(weights);
};

/** What follows a stage's last step: scales go into kernel and bias, so that nothing stands behind. */
export const endStage = (ops: Ops, network: Network): void => {
  if (!network.scaled) return;
  const values = new Map(network.classifier.parameters.map(({ name, value }) => [name, value]));
  const scale = values.get(scaleName);
  if (scale !== undefined)
    for (const name of ['classifier/kernel', 'classifier/bias']) {
      const value = values.get(name);
      if (value !== undefined) network.update(name, ops.mul(value, scale));
    }
  const weights = network.getWeights();
  network.setClassifier(network.spec.classifier, { seed: 0, scaled: false });
  network.setWeights(weights);
};

/** Share of the scales' learning rate that a classifier trained along gets where none is named. */
const defaultClassifierRate = 0.2;

/** What a stage multiplies its learning rate by for a parameter. */
export const rateOf =
  ({ trainable, optimizer }: Pick<StageConfig, 'trainable' | 'optimizer'>) =>
  ({ name }: Parameter): number =>
    trainable === 'classifier-and-scale' && name !== scaleName
      ? (optimizer.classifierRate ?? defaultClassifierRate)
      : 1;

/** Whether a stage on stored features moves a parameter of the classifier. */
export const isTrained = (trainable: StageConfig['trainable'], name: string): boolean =>
  trainable !== 'scale' || name === scaleName;
