import { boostingCan, boostingModule } from './boosting';
import { oneEpoch } from './itemWeights';
import type { Exporter } from './types';

const code = `

def make_objective(class_mapping=None):
    # params["objective"] of lightgbm.train. Weights of the data are applied here: LightGBM leaves
    # them to an objective of one's own. The second derivative counts C / (C - 1) times, as in its
    # multiclass objective, because the logits of a sample move together.
    loss = make_loss(resolved(class_mapping))
    factor = loss.classes / (loss.classes - 1)

    def objective(logits, data):
        labels = data.get_label()
        logits = np.reshape(logits, (len(labels), -1), order="F")
        gradient, hessian = loss.gradients(logits, labels)
        weights = data.get_weight()
        weights = weights[:, None] if weights is not None else 1.0
        return gradient * weights, np.maximum(factor * hessian * weights, 1e-16)

    return objective


def make_data(X, y, class_mapping=None, **options):
    # A Dataset that starts at start_logits; LightGBM keeps the start out of the model.
    options = {"weight": sample_weight(y, class_mapping), **options}
    start = np.tile(start_logits(class_mapping), (len(y), 1))
    return lightgbm.Dataset(X, label=indices_of(y, class_mapping), init_score=start, **options)


def train(params, X, y, class_mapping=None, num_boost_round=100, **options):
    # A plain loss is also objective="multiclass" with sample_weight. Give validation data as
    # valid_sets=[make_data(X_val, y_val, class_mapping)] with a feval.
    # lambda_l2 is 0 in LightGBM: leaves of samples that are all but certain then grow without end.
    params = {"metric": "none", "lambda_l2": 1.0, **params, "num_class": len(COUNTS)}
    params["objective"] = make_objective(class_mapping)
    return lightgbm.train(params, make_data(X, y, class_mapping), num_boost_round, **options)


def predict_logits(model, X, class_mapping=None):
    # With the start, which the model does not know: model.predict alone is wrong.
    return model.predict(X, raw_score=True) + start_logits(class_mapping)


def predict_proba(model, X, class_mapping=None):
    # After an objective of one's own model.predict gives raw scores, not probabilities, and so does
    # predict_proba of LGBMClassifier, both without the start. This one takes the softmax, and the start.
    # In the order of the class mapping. data_proba and correct_proba take them to other shares.
    return softmax(predict_logits(model, X, class_mapping))
`;

/** A module for LightGBM's own interface: sample weights, an objective with its derivatives, the start. */
export const lightgbm: Exporter = {
  id: 'lightgbm',
  tasks: ['single-label'],
  can: boostingCan,
  issues: oneEpoch,
  files: (job, leftOut) => [
    {
      path: 'class_balance.py',
      parts: [
        boostingModule(job, leftOut, { import: 'import lightgbm\nimport numpy as np', code }),
      ],
    },
  ],
};
