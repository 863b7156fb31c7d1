import { createRandom } from '../common/random';
import { at } from '../methods/numbers';
import {
  chooseTauBy,
  crossFit,
  linearLogits,
  nearestMean,
  predictRows,
  stratifiedFolds,
  tauNormalise,
  usualFolds,
} from '../methods/posthoc';
import { fewest, titled, type Recipe, type Setting } from './recipe';

/** The classifier's rows by their norm, where the file has features and weights. */
export const normalised = (setting: Setting): readonly Recipe[] => {
  const { outputs, trainCounts, seed, select } = setting;
  const { features, classifier } = outputs;
  const on = select ?? outputs;
  if (features === null || classifier === null || on.features === null) return [];
  const classes = outputs.classNames.length;
  const { width } = features;
  const scores = (values: Float64Array, tau: number): Float64Array =>
    linearLogits(values, tauNormalise(classifier.weights, width, tau), width);
  const known = on.features.values;
  const choice = chooseTauBy(
    { labels: on.labels, trained: trainCounts.map((n) => n > 0) },
    (tau) => predictRows(scores(known, tau), classes),
    { random: createRandom(seed, 'tau-norm') },
  );
  const logits = (): Float64Array => scores(features.values, choice.tau);
  const honest = logits();
  const tuned = choice.reason === 'tau.tuned';
  const { crossFitted } = choice;
  if (tuned && select === null && crossFitted !== null)
    for (const tau of new Set(crossFitted)) {
      const own = scores(features.values, tau);
      for (let i = 0; i < own.length; i++)
        if (at(crossFitted, Math.floor(i / classes)) === tau) honest[i] = at(own, i);
    }
  return [
    {
      kind: 'tau-norm',
      tau: choice.tau,
      title: titled('tau-norm', { tau: choice.tau }),
      how: tuned ? (select === null ? 'cross-fitted' : 'selected') : 'fixed',
      honest,
      logits,
      offsets: null,
    },
  ];
};

/** Class means of the features themselves: of the other folds, or of the file to choose on. */
export const means = (setting: Setting): readonly Recipe[] => {
  const { outputs, select, seed } = setting;
  const { features, labels, classNames } = outputs;
  const on = select ?? outputs;
  if (features === null || on.features === null || fewest(setting, on) < 2) return [];
  const { width, values } = features;
  const { values: known } = on.features;
  const shape = { width, classes: classNames.length };
  const rowsOf = (from: Float64Array, items: Int32Array): Float64Array => {
    const result = new Float64Array(items.length * width);
    items.forEach((item, place) =>
      result.set(from.subarray(item * width, (item + 1) * width), place * width),
    );
    return result;
  };
  const logits = (): Float64Array => nearestMean(known, on.labels, shape).scores(values);
  const recipe = { kind: 'nearest-mean', tau: null, title: titled('nearest-mean') } as const;
  if (select !== null)
    return [{ ...recipe, how: 'selected', honest: logits(), logits, offsets: null }];
  const honest = new Float64Array(labels.length * shape.classes);
  crossFit(
    stratifiedFolds(labels, usualFolds, createRandom(seed, 'means')),
    (items) =>
      nearestMean(
        rowsOf(values, items),
        Int32Array.from(items, (i) => at(labels, i)),
        shape,
      ),
    (model, items) => {
      const scores = model.scores(rowsOf(values, items));
      items.forEach((item, place) =>
        honest.set(
          scores.subarray(place * shape.classes, (place + 1) * shape.classes),
          item * shape.classes,
        ),
      );
    },
  );
  return [{ ...recipe, how: 'cross-fitted', honest, logits, offsets: null }];
};
