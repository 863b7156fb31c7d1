import type { ExportedModel } from '../../config/exportedModel/types';
import type { Guess } from '../../protocol/modelJob';
import { at, sigmoid } from '../../methods/numbers';
import { correctLogits, type ClassCorrection } from '../../methods/posthoc';

const correctionOf = ({ classes, output }: ExportedModel): ClassCorrection => {
  const own = classes.map((name) => output.classes[name] ?? null);
  return {
    scales: Float64Array.from(own, (one) => one?.scale ?? 1),
    offsets: Float64Array.from(own, (one) => one?.offset ?? -Infinity),
  };
};

const softmax = (row: Float64Array): Float64Array => {
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** Probabilities [rows][C] of a model's logits [rows][C], corrected as its description says. */
export const probabilitiesOf = (model: ExportedModel, logits: Float32Array): Float64Array => {
  const classes = model.classes.length;
  const scores = correctLogits(logits, classes, correctionOf(model));
  if (model.output.activation === 'sigmoid') return scores.map((z) => sigmoid(z));
  const result = new Float64Array(scores.length);
  for (let from = 0; from < scores.length; from += classes)
    result.set(softmax(scores.subarray(from, from + classes)), from);
  return result;
};

/**
 * The most probable classes of one row, the first of equal ones first; with several labels an item
 * also those that are given beyond them.
 */
export const topGuesses = (
  { classes, output }: ExportedModel,
  probabilities: Float64Array,
  top: number,
): readonly Guess[] => {
  const { thresholds } = output;
  return [...classes.keys()]
    .sort((a, b) => at(probabilities, b) - at(probabilities, a))
    .map((j): Guess => {
      const name = classes[j] ?? '';
      const probability = at(probabilities, j);
      return thresholds === null
        ? { name, probability }
        : { name, probability, given: probability >= (thresholds[name] ?? 0.5) };
    })
    .filter(({ given }, place) => place < top || given === true);
};
