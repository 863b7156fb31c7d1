import {
  lossNotes,
  lossParameters,
  makeLoss,
  movedLogits,
  needsOf,
  type LossNeeds,
  when,
} from './pythonLoss';
import type { ExportJob } from './types';

const gradientLines = (needs: LossNeeds): readonly string[] => [
  '',
  '    def gradients(self, logits, labels):',
  '        # First derivative and diagonal of the second one of each loss, by logit.',
  '        target, scores = self.parts(logits, labels)',
  '        p = np.exp(scores)',
  ...(needs.gamma
    ? [
        '        away = target - p',
        '        first, second = -1.0, 0.0',
        '        if self.gamma > 0:',
        '            # By s = log p of the label; r = 1 - p and s / r stay exact for easy samples.',
        '            s, log_r = self.of_label(target, scores)',
        '            r, q = np.exp(log_r), np.exp(s)',
        '            ratio = np.where(r > 1e-300, s / np.maximum(r, 1e-300), -1.0)',
        '            first = np.exp(self.gamma * log_r) * (self.gamma * q * ratio - 1)',
        '            power = np.exp((self.gamma - 1) * np.maximum(log_r, -300.0))',
        '            second = self.gamma * q * power * (s + 2 - (self.gamma - 1) * q * ratio)',
        '            away = np.where(target > 0, r, -p)',
        '        gradient = first * away',
        '        hessian = second * away**2 - first * p * (1 - p)',
      ]
    : [
        ...when(
          needs.smoothing,
          '        if self.smoothing is not None:',
          '            share = (target @ self.smoothing)[:, None]',
          '            target = (1 - share) * target + share / self.classes',
        ),
        '        gradient, hessian = p - target, p * (1 - p)',
      ]),
  ...(needs.temperature
    ? [
        '        if self.temperature is not None:',
        '            return gradient / self.temperature, hessian / self.temperature**2',
      ]
    : []),
  '        return gradient, hessian',
  '',
];

const lossClass = (needs: LossNeeds): string =>
  [
    '',
    '',
    'class ClassLoss:',
    '    # Softmax cross-entropy of logits [n, C], one loss a sample, with what boosting needs of it.',
    ...lossNotes(needs),
    '',
    '    def __init__(',
    '        self,',
    '        classes,',
    ...lossParameters(needs),
    '    ):',
    '        self.classes = classes',
    ...(['shift', 'temperature', 'margin', 'smoothing'] as const).flatMap((name) =>
      when(needs[name], `        self.${name} = None if ${name} is None else np.array(${name})`),
    ),
    ...when(needs.gamma, '        self.gamma = gamma'),
    '',
    '    def parts(self, logits, labels):',
    '        # One-hot labels, and the log of the probabilities.',
    '        logits = np.asarray(logits, dtype=np.float64)',
    '        if logits.shape[-1] != self.classes:',
    '            raise ValueError(f"{logits.shape[-1]} logits for {self.classes} classes")',
    '        target = np.eye(self.classes)[np.asarray(labels).astype(np.int64)]',
    ...movedLogits(needs),
    ...when(
      needs.margin,
      '        if self.margin is not None:',
      '            logits = logits - target * self.margin',
    ),
    '        logits = logits - logits.max(axis=1, keepdims=True)',
    '        return target, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))',
    ...when(
      needs.gamma,
      '',
      '    def of_label(self, target, scores):',
      "        # Log of the label's probability and of all the others together, columns.",
      '        others = np.where(target > 0, -np.inf, scores)',
      '        top = others.max(axis=1, keepdims=True)',
      '        log_r = top + np.log(np.exp(others - top).sum(axis=1, keepdims=True))',
      '        log_r = np.minimum(log_r, 0.0)',
      '        plain = (target * scores).sum(axis=1, keepdims=True)',
      '        r = np.exp(log_r)',
      '        return np.where(r < 0.5, np.log1p(-np.minimum(r, 0.5)), plain), log_r',
    ),
    '',
    '    def losses(self, logits, labels):',
    '        target, scores = self.parts(logits, labels)',
    '        losses = -(target * scores).sum(axis=1)',
    ...when(
      needs.smoothing,
      '        if self.smoothing is not None:',
      '            share = target @ self.smoothing',
      '            losses = (1 - share) * losses - share * scores.mean(axis=1)',
    ),
    ...when(
      needs.gamma,
      '        if self.gamma > 0:',
      '            s, log_r = self.of_label(target, scores)',
      '            losses = -(np.exp(self.gamma * log_r) * s).ravel()',
    ),
    '        return losses',
    ...gradientLines(needs),
  ].join('\n');

/** The loss with its derivatives in NumPy, and `make_loss`; weights are those of the samples. */
export const boostingLoss = (job: ExportJob): string => {
  const stages = job.stages.map((one) => ({
    ...one,
    weights: { ...one.weights, values: null },
  }));
  const stage = stages.at(-1) ?? job.stage;
  return makeLoss({ ...job, stages, stage }, lossClass(needsOf(stages)), 'none');
};
