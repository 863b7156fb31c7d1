import { boostingCan, boostingModule } from './boosting';
import { oneEpoch } from './itemWeights';
import type { Exporter } from './types';

const code = `

def make_objective(class_mapping=None):
    # obj= of xgboost.train. Weights of the data are applied here: XGBoost leaves them to an
    # objective of one's own. The second derivative counts twice, as in multi:softprob, because the
    # logits of a sample move together.
    loss = make_loss(resolved(class_mapping))

    def objective(logits, data):
        labels = data.get_label()
        gradient, hessian = loss.gradients(np.reshape(logits, (len(labels), -1)), labels)
        weights = data.get_weight()
        weights = weights[:, None] if len(weights) > 0 else 1.0
        return gradient * weights, np.maximum(2 * hessian * weights, 1e-16)

    return objective


def make_data(X, y=None, class_mapping=None, **options):
    # A DMatrix that starts at start_logits: for training and for predicting alike.
    start = start_logits(class_mapping)
    if y is not None:
        options = {"weight": sample_weight(y, class_mapping), **options}
        options["label"] = indices_of(y, class_mapping)
    data = xgboost.DMatrix(X, **options)
    data.set_base_margin(np.tile(start, (data.num_row(), 1)))
    return data


def train(params, X, y, class_mapping=None, num_boost_round=100, **options):
    # A plain loss is also objective="multi:softprob" with sample_weight. Give validation data as
    # evals=[(make_data(X_val, y_val, class_mapping), "validation")] with a custom_metric.
    params = {"disable_default_eval_metric": True, **params, "num_class": len(COUNTS)}
    data = make_data(X, y, class_mapping)
    objective = make_objective(class_mapping)
    return xgboost.train(params, data, num_boost_round, obj=objective, **options)


def predict_logits(model, X, class_mapping=None):
    return model.predict(make_data(X, None, class_mapping), output_margin=True)


def predict_proba(model, X, class_mapping=None):
    # After an objective of one's own model.predict gives logits, not probabilities; predict_proba of
    # XGBClassifier takes their softmax, but without the start. This one takes both.
    # In the order of the class mapping. data_proba and correct_proba take them to other shares.
    return softmax(predict_logits(model, X, class_mapping))
`;

/** A module for XGBoost's own interface: sample weights, an objective with its derivatives, the start. */
export const xgboost: Exporter = {
  id: 'xgboost',
  tasks: ['single-label'],
  can: boostingCan,
  issues: oneEpoch,
  files: (job, leftOut) => [
    {
      path: 'class_balance.py',
      parts: [boostingModule(job, leftOut, { import: 'import numpy as np\nimport xgboost', code })],
    },
  ],
};
