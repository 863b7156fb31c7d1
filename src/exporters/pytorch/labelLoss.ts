import { labelTerms } from '../labelTerms';
import { labelNotes, labelParameters, makeLabelLoss, startLines } from '../pythonLabels';
import { when } from '../pythonLoss';
import type { ExportJob } from '../types';

const tensors: readonly string[] = ['shift', 'positive', 'rarity'];

const lossClass = (job: ExportJob): string => {
  const terms = labelTerms(job);
  const { shift, positiveCap, alpha, gamma, asymmetric, balanced } = terms;
  const parameters = labelParameters(terms);
  return [
    '',
    '',
    'class LabelLoss(torch.nn.Module):',
    '    # Binary cross-entropy of every label, summed over the labels, the mean over the samples:',
    "    # torch's BCEWithLogitsLoss takes the mean over the labels too. logits and targets [N, C, ...], of",
    '    # any rank; class_dim=-1 for [..., C]. Targets are 0 or 1; those that are ignore_index count for',
    '    # nothing. Predict with sigmoids, and choose a threshold for each label on validation data.',
    ...labelNotes(terms),
    '',
    '    def __init__(',
    '        self,',
    '        classes,',
    ...parameters.map((name) => `        ${name},`),
    '        ignore_index=-100,',
    '        reduction="mean",',
    '        class_dim=1,',
    '    ):',
    '        super().__init__()',
    '        self.classes = classes',
    ...parameters.map((name) =>
      tensors.includes(name)
        ? `        self.register_buffer("${name}", torch.tensor(${name}, dtype=torch.float32))`
        : `        self.${name} = ${name}`,
    ),
    '        self.ignore_index, self.reduction, self.class_dim = ignore_index, reduction, class_dim',
    '',
    '    def forward(self, logits, targets):',
    '        if logits.shape != targets.shape:',
    '            raise ValueError(f"logits {tuple(logits.shape)}, but targets {tuple(targets.shape)}")',
    '        if logits.dim() > 1:',
    '            logits, targets = (one.movedim(self.class_dim, -1) for one in (logits, targets))',
    '        if logits.shape[-1] != self.classes:',
    '            raise ValueError(f"{logits.shape[-1]} logits for {self.classes} classes")',
    '        logits = logits.float()',
    '        kept = targets != self.ignore_index',
    '        has = kept & (targets > 0.5)',
    ...when(shift !== 0, '        logits = logits + self.shift'),
    '        # right: the logit of the right answer.',
    balanced === null
      ? '        right = torch.where(has, logits, -logits)'
      : '        right = torch.where(has, logits, -self.negative_scale * logits)',
    '        losses = torch.nn.functional.softplus(-right)',
    ...when(
      asymmetric !== null && asymmetric.clip > 0,
      '        less = (right.sigmoid() + self.clip).clamp(max=1)',
      '        losses = torch.where(has, losses, -less.log())',
    ),
    ...when(
      asymmetric !== null,
      '        with torch.no_grad():',
      '            wrong = torch.sigmoid(-right)',
      '            wrong = torch.where(has, wrong, (wrong - self.clip).clamp(min=0))',
      '            focus = torch.where(',
      '                has, wrong**self.gamma_positive, wrong**self.gamma_negative',
      '            )',
      '        losses = focus * losses',
    ),
    ...when(
      gamma > 0,
      '        losses = (-self.gamma * torch.nn.functional.softplus(right)).exp() * losses',
    ),
    ...when(positiveCap !== null, '        losses = torch.where(has, self.positive, 1.0) * losses'),
    ...when(
      alpha !== null,
      '        losses = torch.where(has, self.alpha, 1 - self.alpha) * losses',
    ),
    ...when(
      balanced !== null,
      '        share = self.rarity / (self.rarity * has).sum(-1, keepdim=True)',
      '        weight = self.weight_slope * (share - self.weight_centre)',
      '        weight = 2 * (self.weight_floor + weight.sigmoid())',
      '        losses = torch.where(has, weight, weight / self.negative_scale) * losses',
    ),
    '        losses = (losses * kept).sum(-1)',
    '        if self.reduction == "none":',
    '            return losses',
    '        if self.reduction == "sum":',
    '            return losses.sum()',
    '        return losses.sum() / kept.any(-1).sum().clamp(min=1)',
    '',
  ].join('\n');
};

/** The loss class of the last stage, and `make_loss`. */
export const labelLossCode = (job: ExportJob): string =>
  makeLabelLoss(job, lossClass(job), 'ignore_index=-100, reduction="mean", class_dim=1');

/** Where the last bias starts, where the config says so. */
export const labelStartCode = ({ config: { model } }: ExportJob): string =>
  'biasInit' in model && model.biasInit === 'prior'
    ? `

def start_at_shares(classifier, class_mapping):
    # Sets the bias of the last linear layer to the log-odds of each label, before training.
${startLines.join('\n')}
    with torch.no_grad():
        classifier.bias.copy_(torch.tensor(odds))
`
    : '';
