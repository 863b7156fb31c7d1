import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  accuracy,
  balancedAccuracy,
  bandRecall,
  confusionMatrix,
  f1Scores,
  gMean,
  ofPresent,
  recallScores,
  worstClass,
} from '../../../src/methods/metrics';
import { mean } from '../../../src/methods/numbers';
import {
  addOffsets,
  correctLogits,
  linearLogits,
  normCorrection,
  predictCorrected,
  predictRows,
  priorOffsets,
  rowNorms,
  tauNormalise,
} from '../../../src/methods/posthoc';
import { logPrior } from '../../../src/methods/priors';

const random = createRandom(0, 'perClass');
const numbers = (length: number): Float32Array =>
  Float32Array.from({ length }, () => random.nextFloat() * 4 - 2);

describe('corrections that act on every class by itself', () => {
  const [items, classes, width] = [50, 4, 3];
  const features = numbers(items * width);
  const weights = numbers(classes * width);
  const biases = Float64Array.from(numbers(classes));
  const logits = Float32Array.from(linearLogits(features, weights, width, biases));

  it('predicts as the matrix of corrected logits does', () => {
    const trained = logPrior([100, 30, 5, 0]).values;
    const offsets = priorOffsets({ trained, target: new Float64Array(classes) }, 1.3);
    const matrix = addOffsets(logits, classes, () => offsets);
    const correction = { scales: null, offsets };
    expect(correctLogits(logits, classes, correction)).toEqual(matrix);
    expect(predictCorrected(logits, classes, correction)).toEqual(predictRows(matrix, classes));
    expect(predictCorrected(logits, classes, correction)).not.toContain(3);
  });

  it('normalises a classifier by its logits as by its weights (Kang et al., equation 4)', () => {
    const norms = rowNorms(weights, width);
    const all = [true, true, true, true];
    for (const tau of [0, 0.5, 1]) {
      const byLogits = correctLogits(logits, classes, normCorrection({ norms, biases }, all, tau));
      const byWeights = linearLogits(features, tauNormalise(weights, width, tau), width);
      byWeights.forEach((z, i) => expect(byLogits[i]).toBeCloseTo(z, 4));
    }
  });

  it('never predicts a class without training items', () => {
    const correction = normCorrection({ norms: [1, 1], biases: [0, 0] }, [true, false], 1);
    expect([...predictCorrected(Float32Array.of(0, 9, 1, 2), 2, correction)]).toEqual([0, 0]);
  });
});

describe('scores without a matrix of confusions', () => {
  it('equal those with it', () => {
    const labels = Int32Array.from({ length: 200 }, () => random.nextInt(5));
    const predictions = labels.map((label) =>
      random.nextFloat() < 0.6 ? label : random.nextInt(5),
    );
    const assignment = ['many', 'many', 'medium', 'few', 'few'] as const;
    const k = confusionMatrix(labels, predictions, 5);
    const scores = recallScores(labels, predictions, { assignment });
    expect(scores.accuracy).toBeCloseTo(accuracy(k), 12);
    expect(scores.balancedAccuracy).toBeCloseTo(balancedAccuracy(k), 12);
    expect(scores.expectedAccuracy).toBeCloseTo(balancedAccuracy(k), 12);
    expect(scores.gMean).toBeCloseTo(gMean(k), 12);
    expect(scores.macroF1).toBeCloseTo(mean(ofPresent(k, f1Scores(k))), 12);
    expect(scores.bands.few).toBeCloseTo(bandRecall(k, assignment, 'few').recall ?? NaN, 12);
    expect(scores.worst).toEqual(worstClass(k));
  });

  // Recalls 3/4 and 1/2; shares .9 and .1: .9 × .75 + .1 × .5 = .725. The third class has no item.
  it('weighs recalls by the shares asked for, and leaves out classes without items', () => {
    const scores = recallScores(Int32Array.of(0, 0, 0, 0, 1, 1), Int32Array.of(0, 0, 0, 1, 1, 2), {
      assignment: ['many', 'few', 'medium'],
      shares: [0.9, 0.1, 0.5],
    });
    expect(scores.expectedAccuracy).toBeCloseTo(0.725, 12);
    expect(scores.balancedAccuracy).toBeCloseTo(0.625, 12);
    expect(scores.bands).toEqual({ many: 0.75, few: 0.5, medium: null });
    expect(scores.recalls[2]).toBeNaN();
    expect(scores.worst).toEqual({ position: 1, recall: 0.5 });
  });
});
