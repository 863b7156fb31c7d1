import {
  lossNotes,
  lossParameters,
  makeLoss,
  movedLogits,
  needsOf,
  type LossNeeds,
  when,
} from '../pythonLoss';
import { float } from '../pythonModule';
import type { ExportJob, ExportStage } from '../types';

const lossClass = (needs: LossNeeds): string =>
  [
    '',
    '',
    'class ClassLoss(torch.nn.Module):',
    '    # Softmax cross-entropy. logits [N, C, ...] and labels [N, ...] as torch has them, of any rank;',
    '    # class_dim=-1 for logits [..., C]. Labels that are ignore_index count for nothing.',
    ...lossNotes(needs),
    ...when(
      needs.weight,
      '    # weight: class weights. weighted_mean divides a batch by the sum of its weights, as',
      "    # torch's cross_entropy does; else by the number of labels.",
    ),
    ...when(
      needs.deferred,
      '    # From epoch switch_at on the weights are in force: call set_epoch(epoch).',
    ),
    '',
    '    def __init__(',
    '        self,',
    '        classes,',
    ...lossParameters(needs),
    ...when(needs.weight, '        weight=None,', '        weighted_mean=False,'),
    ...when(needs.deferred, '        switch_at=0,'),
    '        ignore_index=-100,',
    '        reduction="mean",',
    '        class_dim=1,',
    '    ):',
    '        super().__init__()',
    '        self.classes = classes',
    ...(['shift', 'temperature', 'margin', 'smoothing', 'weight'] as const).flatMap((name) =>
      when(needs[name], `        self.register_buffer("${name}", as_tensor(${name}))`),
    ),
    ...when(needs.gamma, '        self.gamma = gamma'),
    ...when(needs.weight, '        self.weighted_mean = weighted_mean'),
    ...when(needs.deferred, '        self.switch_at, self.epoch = switch_at, 0'),
    '        self.ignore_index, self.reduction, self.class_dim = ignore_index, reduction, class_dim',
    ...when(needs.deferred, '', '    def set_epoch(self, epoch):', '        self.epoch = epoch'),
    '',
    '    def forward(self, logits, labels):',
    '        if logits.dim() > 1:',
    '            logits = logits.movedim(self.class_dim, -1)',
    '        if logits.shape[-1] != self.classes:',
    '            raise ValueError(f"{logits.shape[-1]} logits for {self.classes} classes")',
    '        logits, labels = logits.float(), labels.long()',
    '        kept = labels != self.ignore_index',
    '        own = torch.where(kept, labels, 0).unsqueeze(-1)',
    ...movedLogits(needs),
    ...when(
      needs.margin,
      '        if self.margin is not None:',
      '            logits = logits.scatter_add(-1, own, -self.margin[own])',
    ),
    '        scores = logits.log_softmax(-1)',
    '        losses = -scores.gather(-1, own).squeeze(-1)',
    ...when(
      needs.smoothing,
      '        if self.smoothing is not None:',
      '            share = self.smoothing[own].squeeze(-1)',
      '            losses = (1 - share) * losses - share * scores.mean(-1)',
    ),
    ...when(
      needs.gamma,
      '        if self.gamma > 0:',
      '            others = logits.scatter(-1, own, -math.inf).logsumexp(-1)',
      '            losses = (self.gamma * (others - logits.logsumexp(-1))).exp() * losses',
    ),
    '        weights = kept.float()',
    ...(needs.weight
      ? [
          `        if self.weight is not None${needs.deferred ? ' and self.epoch >= self.switch_at' : ''}:`,
          '            weights = weights * self.weight[own].squeeze(-1)',
        ]
      : []),
    '        losses = losses * weights',
    '        if self.reduction == "none":',
    '            return losses',
    '        if self.reduction == "sum":',
    '            return losses.sum()',
    `        divisor = ${needs.weight ? 'weights.sum() if self.weighted_mean else kept.sum()' : 'kept.sum()'}`,
    '        return losses.sum() / divisor.clamp(min=1e-12)',
    '',
    '',
    'def as_tensor(values):',
    '    return None if values is None else torch.tensor(values, dtype=torch.float32)',
    '',
  ].join('\n');

const cosine = (stages: readonly ExportStage[]): string =>
  stages.some(({ cosineScale }) => cosineScale !== null)
    ? `

class CosineClassifier(torch.nn.Module):
    # In place of the last linear layer: scale times the cosine of features and class weights.

    def __init__(self, features, classes, scale=${float(stages.find(({ cosineScale }) => cosineScale !== null)?.cosineScale ?? 30)}):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.empty(classes, features))
        torch.nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        self.scale = scale

    def forward(self, features):
        features = torch.nn.functional.normalize(features, dim=-1)
        weight = torch.nn.functional.normalize(self.weight, dim=-1)
        return self.scale * torch.nn.functional.linear(features, weight)
`
    : '';

/**
 * The loss class with what these stages need, and `make_loss`; the classifier of their cosines too,
 * where the network can have it.
 */
export const lossCode = (job: ExportJob, hasClassifier = true): string =>
  makeLoss(
    job,
    lossClass(needsOf(job.stages)) + (hasClassifier ? cosine(job.stages) : ''),
    'ignore_index=-100, reduction="mean", class_dim=1',
  );
