// The reference: the same settings in Keras 3 on TensorFlow 2.21, balanced accuracy on test.
// [balanced, head, medium, tail] of one seed; `mean` of four seeds with its deviation where known.

const row = (scores, mean) => ({ scores, ...(mean ? { mean } : {}) });

export const reference = {
  'cifar10-lt': {
    plain: row([0.47, 0.861, 0.447, 0.109], [0.472, 0.002]),
    'posthoc-0.5': row([0.548, 0.837, 0.524, 0.291]),
    'posthoc-1': row([0.628, 0.718, 0.564, 0.625], [0.629, 0.005]),
    'posthoc-1.5': row([0.584, 0.452, 0.542, 0.772]),
    'tau-norm-0.5': row([0.507, 0.849, 0.504, 0.171]),
    'tau-norm-0.7': row([0.517, 0.845, 0.511, 0.198]),
    'tau-norm-1': row([0.539, 0.837, 0.526, 0.257], [0.534, 0.012]),
    'nearest-mean': row([0.596, 0.64, 0.545, 0.62], [0.596, 0.004]),
    crt: row([0.624, 0.725, 0.585, 0.576], [0.629, 0.006]),
    'logit-adjusted': row([0.643, 0.7, 0.579, 0.671], [0.636, 0.006]),
    'class-balanced': row([0.606, 0.77, 0.589, 0.463]),
  },
  'mnist-lt-100': {
    plain: row([0.923, 0.997, 0.964, 0.795]),
    'posthoc-0.5': row([0.958, 0.994, 0.975, 0.899]),
    'posthoc-1': row([0.964, 0.984, 0.971, 0.933]),
    'posthoc-1.5': row([0.952, 0.955, 0.959, 0.94]),
    'tau-norm-0.5': row([0.946, 0.996, 0.972, 0.86]),
    'tau-norm-0.7': row([0.95, 0.996, 0.974, 0.873]),
    'tau-norm-1': row([0.956, 0.995, 0.975, 0.892]),
    'nearest-mean': row([0.965, 0.988, 0.971, 0.934]),
    crt: row([0.968, 0.994, 0.976, 0.933]),
    'logit-adjusted': row([0.963, 0.989, 0.968, 0.931]),
    'class-balanced': row([0.95, 0.991, 0.975, 0.877]),
  },
  'cifar10-lt-lite0': {
    plain: row([0.615, 0.87, 0.625, 0.348]),
    'posthoc-1': row([0.706, 0.78, 0.68, 0.667]),
    'logit-adjusted': row([0.712, 0.79, 0.691, 0.66]),
    'class-balanced': row([0.662, 0.835, 0.657, 0.497]),
    'nearest-mean': row([0.68, 0.62, 0.682, 0.738]),
  },
};
