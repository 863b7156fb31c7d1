import { configSchema } from '../../src/config/schema';
import type { ClassScore, RunReport, RunSummary, Scores } from '../../src/report/types';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Scores with 100 test items a class and the given recalls; the confusions go to class 0. */
export const scoresOf = (
  names: readonly string[],
  counts: readonly number[],
  recalls: readonly number[],
): Scores => {
  const each = 100;
  const confusion = recalls.map((recall, i) =>
    recalls.map((_, j) => {
      const right = Math.round(recall * each);
      if (i === j) return right;
      return j === (i === 0 ? 1 : 0) ? each - right : 0;
    }),
  );
  const columnSums = recalls.map((_, j) => confusion.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const classes = names.map((name, i): ClassScore => ({
    name,
    trainCount: counts[i] ?? 0,
    testCount: each,
    recall: recalls[i] ?? null,
    precision:
      columnSums[i] === 0 ? null : (confusion[i]?.[i] ?? 0) / (columnSums[i] ?? Number.NaN),
  }));
  const inBand = (has: (n: number) => boolean) => {
    const own = recalls.filter((_, i) => has(counts[i] ?? 0));
    return { recall: own.length === 0 ? null : mean(own), classes: own.length };
  };
  const balanced = mean(recalls);
  const worst = Math.min(...recalls);
  return {
    samples: each * names.length,
    accuracy: balanced,
    balancedAccuracy: balanced,
    balancedAccuracyInterval: [balanced - 0.01, balanced + 0.01],
    macroF1: 0.5,
    gMean: 0.4,
    worstClass: { name: names[recalls.indexOf(worst)] ?? '', recall: worst },
    many: inBand((n) => n > 100),
    medium: inBand((n) => n >= 20 && n <= 100),
    few: inBand((n) => n < 20),
    classes,
    confusion,
    ece: 0.05,
    binary: null,
  };
};

export interface ReportShape {
  readonly id?: string;
  readonly title?: string;
  readonly names?: readonly string[];
  readonly counts?: readonly number[];
  readonly recalls?: readonly number[];
  readonly plain?: readonly number[] | null;
  readonly fingerprint?: string;
  readonly baselineKey?: string;
}

/**
 * A report of four classes with 1000, 500, 50 and 10 training items: many, many, medium, few.
 * Plain recalls .9 .8 .5 .1 (balanced .575), the run's .8 .8 .6 .5 (balanced .675).
 */
export const reportOf = (shape: ReportShape = {}): RunReport => {
  const {
    names = ['cat', 'dog', 'owl', 'yak'],
    counts = [1000, 500, 50, 10],
    recalls = [0.8, 0.8, 0.6, 0.5],
    plain = [0.9, 0.8, 0.5, 0.1],
  } = shape;
  const id = shape.id ?? 'run-1';
  const baselineKey = shape.baselineKey ?? 'key-1';
  const baseline: RunSummary | null =
    plain === null
      ? null
      : {
          id: `plain-of-${baselineKey}`,
          title: 'Plain training',
          baselineKey,
          scores: scoresOf(names, counts, plain),
          seconds: 60,
        };
  return {
    schema: 'longtail.report/1',
    id,
    title: shape.title ?? 'Logit-adjusted loss',
    config: configSchema.parse({
      version: 1,
      dataset: { root: './animals' },
      model: { kind: 'resnet-8' },
      stages: [{ name: 'train', epochs: 5, loss: { kind: 'logit-adjusted', tau: 1 } }],
    }),
    seed: 0,
    seeds: [0],
    versions: { longtail: '0.1.0', node: '20.0.0' },
    backend: 'native',
    dataset: { root: '/data/animals', fingerprint: shape.fingerprint ?? 'f00', classNames: names },
    bands: { scheme: 'count', thresholds: { manyAbove: 100, fewBelow: 20 } },
    // A tenth was held out; the bands are of the counts before that.
    trainCounts: counts.map((n) => Math.round(n * 0.9)),
    bandCounts: counts,
    scoredSplit: 'test',
    scores: scoresOf(names, counts, recalls),
    validation: null,
    posthoc: { kind: 'none', tau: null, tried: [], note: '' },
    targetPrior: 'uniform',
    selectedOn: 'fixed',
    baseline,
    timings: [{ name: 'train', epochs: 5, seconds: 83.4, steps: 60 }],
    peakRssBytes: 500e6,
    issues: [],
  };
};
