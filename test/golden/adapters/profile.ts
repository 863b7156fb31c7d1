import { classesInBand, resolveBands } from '../../../src/methods/bands';
import {
  distributionMeasures,
  longTailProfile,
  lorenz,
  multiLabelMeasures,
} from '../../../src/methods/distribution';
import { labelSetsOf } from '../../support/labelSets';
import type { Got } from '../compare';
import { number, numbers, oneOf, rows } from '../read';
import type { Adapter, Adapters } from './types';

/** `few.share` becomes share in few. */
const nested = (flatMeasures: Readonly<Record<string, number | null>>): Record<string, Got> => {
  const result: Record<string, Record<string, number | null> | number | null> = {};
  for (const [name, value] of Object.entries(flatMeasures)) {
    const [group, key] = name.split('.');
    if (group === undefined || key === undefined) result[name] = value;
    else {
      const own = result[group];
      result[group] = { ...(typeof own === 'object' ? own : {}), [key]: value };
    }
  }
  return result;
};

const counts: Adapter = (input) => {
  const given = numbers(input['counts']);
  const measures = nested(distributionMeasures(given));
  const { assignment } = resolveBands(given, 'count');
  const withIndices = (band: 'many' | 'medium' | 'few'): Got => ({
    ...(measures[band] as Record<string, number>),
    indices: classesInBand(assignment, band),
  });
  return {
    ...measures,
    many: withIndices('many'),
    medium: withIndices('medium'),
    few: withIndices('few'),
    lorenz: lorenz(given),
  };
};

const ltProfile: Adapter = (input) => {
  const classes = number(input['numClasses']);
  const nMax = number(input['nMax']);
  const factor = number(input['imbalanceFactor']);
  const shape = oneOf(input['type'], ['exp', 'step']);
  const result = longTailProfile(nMax, factor, classes, shape);
  const dividing = (k: number): number => Math.floor(nMax / factor ** (k / (classes - 1)));
  return {
    counts: result,
    total: result.reduce((a, b) => a + b, 0),
    realisedRatio: (result[0] ?? NaN) / (result.at(-1) ?? NaN),
    classesWhereDividingDiffers:
      shape === 'exp' ? result.flatMap((n, k) => (n === dividing(k) ? [] : [k])) : [],
  };
};

/** Values that are not defined are null in the files. */
const withNull = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));

export const profile: Adapters = {
  counts,
  ltProfile,
  multilabel: (input) => {
    const matrix = rows(input['labels']);
    const sets = matrix.map((row) => row.flatMap((has, label) => (has === 1 ? [label] : [])));
    const measures = multiLabelMeasures(labelSetsOf(sets), matrix[0]?.length ?? 0);
    return {
      ...measures,
      imbalance: withNull(measures.imbalance),
      irlbl: withNull(measures.imbalance),
      scumblePerLabel: withNull(measures.scumblePerLabel),
      meanIR: measures.meanImbalance,
      cvIR: measures.cvImbalance,
      maxIR: measures.maxImbalance,
      scumblePerInstance: measures.scumblePerSample,
      scumbleCV: measures.scumbleCv,
      distinctLabelsets: measures.distinctLabelSets,
    };
  },
};
