import { stringify } from 'yaml';
import { posthocSchema } from '../config/schema';
import { npzParts } from '../dataset/arrays/npz';
import type { Corrected } from '../predictions/correct';
import type { ModelOutputs, PosthocResult } from '../predictions/types';
import { csvCell } from './csv';
import { comment, literal } from './python';

/** A file to write: its name and its content in pieces. */
export interface PosthocFile {
  readonly name: string;
  readonly parts: readonly (string | Uint8Array)[];
}

const metricNames = { balancedAccuracy: 'balanced-accuracy', gMean: 'g-mean' } as const;

/** The choice as a config writes it: thresholds by the rule that chooses them, anew for a new model. */
const configPart = ({ chosen, rule }: PosthocResult): unknown => {
  const { kind, tau } = chosen;
  if (kind === 'plain') return { kind: 'none' };
  if (kind === 'nearest-mean') return { kind, variant: 'cosine' };
  if (kind !== 'thresholds') return { kind, tau };
  const metric = rule?.metric ?? 'f1';
  return {
    kind,
    metric: metric === 'balancedAccuracy' || metric === 'gMean' ? metricNames[metric] : metric,
    ...(metric === 'cost' && rule?.costs !== undefined ? { costs: rule.costs } : {}),
    ...(rule?.precisionFloor === undefined ? {} : { precisionFloor: rule.precisionFloor }),
  };
};

/** The part of `longtail.yaml` that does the same after a training of its own. */
const configText = (result: PosthocResult): string => {
  const { target } = result;
  const posthoc = posthocSchema.parse(configPart(result));
  return `${comment('posthoc-config')}\n${stringify({ goal: { prior: target }, posthoc })}`;
};

const dictionary = (name: string, values: Readonly<Record<string, number | null>>): string =>
  [
    `${name} = {`,
    ...Object.entries(values).map(
      ([key, value]) => `    ${literal(key)}: ${value === null ? '-math.inf' : value},`,
    ),
    '}',
  ].join('\n');

const inOrder = (name: string): string => `
def in_order(classes):
${comment('posthoc-order', {}, '    ')}
    return np.array([${name}[str(one)] for one in classes], dtype=np.float64)
`;

const offsetCode = (result: PosthocResult): string => `import math

import numpy as np

${comment('posthoc-offsets')}
${dictionary('OFFSETS', result.chosen.offsets ?? {})}

${inOrder('OFFSETS')}

def correct_logits(logits, classes):
${comment('posthoc-logits', {}, '    ')}
    return np.asarray(logits, dtype=np.float64) + in_order(classes)


def correct_probabilities(probabilities, classes):
${comment('posthoc-probabilities', {}, '    ')}
    logits = np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), 1e-12))
    shifted = correct_logits(logits, classes)
    powers = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predict(logits, classes):
${comment('posthoc-predict', {}, '    ')}
    return correct_logits(logits, classes).argmax(axis=1)
`;

const thresholdCode = (result: PosthocResult): string => `import numpy as np

${comment('posthoc-thresholds')}
${dictionary('THRESHOLDS', result.chosen.thresholds ?? {})}

${inOrder('THRESHOLDS')}

def predict(probabilities, labels):
${comment('posthoc-predict-labels', {}, '    ')}
    return np.asarray(probabilities) >= in_order(labels)
`;

/** One decision an item by offsets, or one a label by thresholds, those of a model left as it is too. */
const decisionCode = (result: PosthocResult): string =>
  result.chosen.thresholds === null ? offsetCode(result) : thresholdCode(result);

const tauNormCode = (result: PosthocResult): string => `import numpy as np

TAU = ${result.chosen.tau ?? 1}


def predict(features, weights):
${comment('posthoc-tau-norm', {}, '    ')}
    features = np.asarray(features, dtype=np.float64)
    weights = np.asarray(weights, dtype=np.float64)
    norms = np.linalg.norm(weights, axis=1, keepdims=True)
    return (features @ (weights / np.maximum(norms, 1e-12) ** TAU).T).argmax(axis=1)
`;

const meanCode = (): string => `import numpy as np


def fit(features, labels, classes):
${comment('posthoc-means-fit', {}, '    ')}
    features, labels = np.asarray(features, dtype=np.float64), np.asarray(labels)
    centre = features.mean(axis=0)
    unit = unit_rows(features - centre)
    means = np.full((classes, features.shape[1]), np.nan)
    for j in np.unique(labels):
        means[j] = unit[labels == j].mean(axis=0)
    return centre, unit_rows(means)


def unit_rows(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def predict(features, centre, means):
${comment('posthoc-means-predict', {}, '    ')}
    scores = (np.asarray(features, dtype=np.float64) - centre) @ means.T
    return np.where(np.isnan(scores), -np.inf, scores).argmax(axis=1)
`;

const codeBodies: Readonly<
  Record<PosthocResult['chosen']['kind'], (result: PosthocResult) => string>
> = {
  plain: decisionCode,
  'logit-adjustment': offsetCode,
  thresholds: decisionCode,
  'tau-norm': tauNormCode,
  'nearest-mean': meanCode,
};

/** Python that does the same to the model's outputs elsewhere; it needs NumPy alone. */
export const posthocCode = (result: PosthocResult): string => {
  const origin = comment('posthoc-origin', {
    file: result.file.split(/[/\\]/).at(-1) ?? '',
    items: result.items,
    trained: result.trained,
  });
  return `${origin}\n${codeBodies[result.chosen.kind](result)}`;
};

/** One line an item: what is true, what the model said, what it says corrected, and how surely. */
const csvLines = function* (
  { before, after, probabilities }: Corrected,
  { classNames, labels, items, task }: ModelOutputs,
): Generator<string> {
  const classes = classNames.length;
  const names = (sets: Int32Array, row: number): string =>
    task === 'single-label'
      ? (classNames[sets[row] ?? -1] ?? '')
      : classNames.filter((_, j) => sets[row * classes + j] === 1).join('|');
  yield ['row', 'label', 'before', 'after', ...classNames].map(csvCell).join(',');
  for (let row = 0; row < items; row++) {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const texts = [labels, before ?? after, after].map((sets) => csvCell(names(sets, row)));
    yield [row, ...texts, ...Array.from(own, (p) => p.toPrecision(6))].join(',');
  }
};

/**
 * What a correction is written as: config, code and the corrected predictions as npz and CSV.
 * Positions in the npz are those of the model's own columns; the CSV names the classes. An npz of
 * over 4 GB is left out.
 */
export const posthocFiles = (
  corrected: Corrected,
  outputs: ModelOutputs,
): readonly PosthocFile[] => {
  const { result, logits, probabilities, after } = corrected;
  const shape = [outputs.items, outputs.classNames.length];
  const decided = result.task === 'single-label' ? [outputs.items] : shape;
  const npz = npzParts({
    logits: { shape, values: Float32Array.from(logits) },
    probabilities: { shape, values: Float32Array.from(probabilities) },
    predictions: { shape: decided, values: after },
    labels: { shape: decided, values: outputs.labels },
  });
  return [
    { name: 'posthoc.yaml', parts: [configText(result)] },
    { name: 'posthoc.py', parts: [posthocCode(result)] },
    ...(npz === null ? [] : [{ name: 'predictions.npz', parts: npz }]),
    { name: 'predictions.csv', parts: [`${[...csvLines(corrected, outputs)].join('\n')}\n`] },
  ];
};
