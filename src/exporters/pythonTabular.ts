import { map } from '../methods/numbers';
import { classTable, float } from './pythonModule';
import { choosesTau, posthocTau } from './pythonPosthoc';
import type { ExportJob } from './types';

const labels = `

def indices_of(y, class_mapping=None):
    # Labels as integers from 0: the class names themselves, whose order is that of
    # estimator.classes_, or the integers that class_mapping says.
    if class_mapping is not None:
        size = len(in_order(COUNTS, class_mapping))
        indices = np.asarray(y).astype(np.int64)
        if np.any((indices < 0) | (indices >= size)):
            raise ValueError("A label lies outside the class mapping.")
        return indices
    place = {name: index for index, name in enumerate(sorted(COUNTS))}
    unknown = sorted({str(label) for label in y} - set(place))
    if unknown:
        raise ValueError(f"These labels are not classes of this file: {unknown}")
    return np.array([place[str(label)] for label in y], dtype=np.int64)


def resolved(class_mapping=None):
    return sorted(COUNTS) if class_mapping is None else class_mapping


def names_of(classes, class_mapping=None):
    # Class names of estimator.classes_, which lack a class without training samples.
    if class_mapping is None:
        names = [str(one) for one in classes]
    else:
        in_order(COUNTS, class_mapping)
        if not isinstance(class_mapping, dict):
            class_mapping = {name: index for index, name in enumerate(class_mapping)}
        by_index = {int(index): name for name, index in class_mapping.items()}
        names = [by_index.get(int(one)) for one in classes]
    unknown = [name for name in names if name not in COUNTS]
    if unknown:
        raise ValueError(f"These are not classes of this file: {unknown}")
    return names
`;

/** COUNTS by label: names or integers. */
export const labelCode = (): string => labels;

/** Class weights as a dict and by sample; '' where the stage weighs nothing. */
export const weightCode = (job: ExportJob): string => {
  const { values, kind, reduction } = job.stage.weights;
  if (values === null) return '';
  const mean = reduction === 'weightedMean';
  return `
# Class weights: ${kind}.
${classTable('CLASS_WEIGHTS', job, values, float)}


def class_weight(class_mapping=None):
    # For class_weight= of an estimator, by label: class names, or integers with a class_mapping.
    if class_mapping is None:
        return dict(CLASS_WEIGHTS)
    return dict(enumerate(in_order(CLASS_WEIGHTS, class_mapping)))


def sample_weight(y, class_mapping=None):
    # For fit(X, y, sample_weight=...), in place of class_weight, never beside it.
    weights = np.array(in_order(CLASS_WEIGHTS, resolved(class_mapping)))
${
  mean
    ? `    weights = weights[indices_of(y, class_mapping)]
    # Their mean is 1: what is fitted is the loss divided by the sum of the weights.
    return weights / weights.mean()`
    : '    return weights[indices_of(y, class_mapping)]'
}
`;
};

const shiftCode = `

def shifted(proba, trained, wanted, tau=1.0):
    # Probabilities of a model for other class shares: p * wanted / trained^tau, divided by its sum.
    # Saerens et al., Neural Computation 2002. A class without training samples gets 0.
    trained, wanted = np.asarray(trained), np.asarray(wanted)
    held = (trained > 0) & (wanted > 0)
    offsets = np.where(
        held,
        np.log(np.where(held, wanted, 1.0)) - tau * np.log(np.where(held, trained, 1.0)),
        -np.inf,
    )
    with np.errstate(divide="ignore"):
        scores = np.log(np.asarray(proba, dtype=np.float64)) + offsets
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return scores / scores.sum(axis=-1, keepdims=True)


def shares_of(table, classes, class_mapping):
    return [table[name] for name in names_of(classes, class_mapping)]


def data_proba(proba, classes, class_mapping=None):
    # predict_proba as if the model had been fitted to the data as they are: sampling, weights and
    # losses of this file shift it. classes is estimator.classes_. For probabilities to be used as
    # such; then see on held-out data whether they are calibrated (sklearn.calibration).
    counts = shares_of(COUNTS, classes, class_mapping)
    trained = shares_of(TRAINED_SHARES, classes, class_mapping)
    return shifted(proba, trained, np.array(counts) / sum(COUNTS.values()))
`;

const choice = `

def choose_tau(proba, y, classes, class_mapping=None):
    # On validation data, never on the test: the tau with the best balanced accuracy.
    y, classes = np.asarray(y), np.asarray(classes)

    def score(tau):
        right = classes[correct_proba(proba, classes, class_mapping, tau).argmax(axis=1)] == y
        return sum(right[y == one].mean() for one in np.unique(y))

    return max((step / 10 for step in range(21)), key=score)
`;

/** Probabilities for the shares of the data, and for those of the goal where the config corrects. */
export const probabilityCode = (job: ExportJob): string => {
  const tau = posthocTau(job);
  const uniform = job.config.goal.prior === 'uniform';
  // Equal shares add a constant only.
  const target = uniform ? map(job.prior, () => 1) : job.targetPrior;
  return `
# Class shares that a model trained as this file says carries in its probabilities.
${classTable('TRAINED_SHARES', job, job.trainedPrior, float)}
${shiftCode}${
    tau === null
      ? ''
      : `

# Class shares it will meet${uniform ? ': all alike' : ''}.
${classTable('TARGET_SHARES', job, target, float)}


def correct_proba(proba, classes, class_mapping=None, tau=${float(tau)}):
    # predict_proba for the shares it will meet; classes is estimator.classes_. Menon et al., ICLR
    # 2021, equation 9.
    trained = shares_of(TRAINED_SHARES, classes, class_mapping)
    return shifted(proba, trained, shares_of(TARGET_SHARES, classes, class_mapping), tau)
${choosesTau(job) ? choice : ''}`
  }`;
};
