// One move of a slider of the post-hoc bench: predictions of corrected logits, and their scores.
import { createRandom } from '../../src/common/random';
import { resolveBands } from '../../src/methods/bands';
import { recallScores } from '../../src/methods/metrics';
import {
  classThresholdOffsets,
  normCorrection,
  predictCorrected,
  priorOffsets,
} from '../../src/methods/posthoc';
import { logPrior } from '../../src/methods/priors';

const turns = 41;

const measure = (items: number, classes: number): void => {
  const random = createRandom(0, 'bench');
  const counts = Float64Array.from({ length: classes }, (_, j) =>
    Math.round(5000 * 0.01 ** (j / (classes - 1))),
  );
  const logits = Float32Array.from({ length: items * classes }, () => random.nextFloat() * 10);
  const labels = Int32Array.from({ length: items }, () => random.nextInt(classes));
  const { assignment } = resolveBands(counts, 'auto');
  const trained = logPrior(counts).values;
  const target = new Float64Array(classes);
  const layer = { norms: Float64Array.from(counts, Math.log), biases: new Float64Array(classes) };
  const all = Array.from(counts, () => true);
  const sides = {
    'logit adjustment': (tau: number) => ({
      scales: null,
      offsets: priorOffsets({ trained, target }, tau),
    }),
    'tau-norm': (tau: number) => normCorrection(layer, all, tau),
    'one of the thresholds': (tau: number) => ({
      scales: null,
      offsets: classThresholdOffsets(counts.map((_, j) => (j === 0 ? 0.01 + tau / 4 : 0.5))),
    }),
  };
  for (const [name, correction] of Object.entries(sides)) {
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      const start = performance.now();
      recallScores(labels, predictCorrected(logits, classes, correction(turn / 20)), {
        assignment,
      });
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const [median = NaN, most = NaN] = [times[turns >> 1], times.at(-1)];
    const cells = [name, items, classes, median.toFixed(1), most.toFixed(1)];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
};

for (const classes of [10, 100, 1000]) measure(10_000, classes);
