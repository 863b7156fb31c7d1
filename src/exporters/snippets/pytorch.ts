import { comment, message, weightList } from '../python';
import type { SnippetCounts, SnippetExporter } from './types';

/** torch.multinomial, and so WeightedRandomSampler, refuses more entries than this. */
const multinomialLimit = 2 ** 24;

const classWeights = (counts: SnippetCounts): string => `
${weightList(counts)}

def class_weights(class_mapping, **options):
${comment('weights-use-torch', {}, '    ')}
    return torch.tensor(weight_list(class_mapping, **options), dtype=torch.float32)


${comment('use')}
# criterion = torch.nn.CrossEntropyLoss(weight=class_weights(train_set.class_to_idx).to(device))
`;

const checkedLabels = `
def checked_labels(labels, class_mapping):
    counts = torch.tensor(counts_by_index(class_mapping))
    labels = torch.as_tensor(labels).flatten().long()
    outside = labels[(labels < 0) | (labels >= len(counts))]
    if len(outside) > 0:
        raise ValueError(
${message('sampler-labels', '            ', '{int(outside[0])}')}
        )
    own = torch.bincount(labels, minlength=len(counts))
    more = torch.nonzero(own > counts).flatten().tolist()
    if more:
        warnings.warn(
${message('sampler-more', '            ', '{more}')}
        )
    return labels, own
`;

const weightedSampler = `
def make_sampler(labels, class_mapping, power=0.0, num_samples=None, generator=None):
${comment('sampler', {}, '    ')}
    labels, own = checked_labels(labels, class_mapping)
    weights = own.clamp(min=1).double() ** (power - 1)
    return torch.utils.data.WeightedRandomSampler(
        weights[labels], num_samples or len(labels), replacement=True, generator=generator
    )
`;

const twoStepSampler = `
class ClassFirstSampler(torch.utils.data.Sampler):
${comment('sampler-large', {}, '    ')}

    def __init__(self, labels, own, power, num_samples, generator):
        self.order = torch.argsort(labels, stable=True)
        self.start = torch.cumsum(own, 0) - own
        self.own, self.num_samples, self.generator = own, num_samples, generator
        self.share = torch.where(own > 0, own.clamp(min=1).double() ** power, 0.0)

    def __len__(self):
        return self.num_samples

    def __iter__(self):
        left = self.num_samples
        while left > 0:
            size = min(left, 1 << 16)
            left -= size
            drawn = torch.multinomial(self.share, size, replacement=True, generator=self.generator)
            inside = torch.rand(size, dtype=torch.float64, generator=self.generator)
            inside = (inside * self.own[drawn]).long()
            yield from self.order[self.start[drawn] + inside].tolist()


def make_sampler(labels, class_mapping, power=0.0, num_samples=None, generator=None):
${comment('sampler', {}, '    ')}
    labels, own = checked_labels(labels, class_mapping)
    return ClassFirstSampler(labels, own, power, num_samples or len(labels), generator)
`;

const sampler = ({ classes }: SnippetCounts): string => {
  const samples = classes.reduce((sum, { count }) => sum + count, 0);
  return `
${checkedLabels}
${samples > multinomialLimit ? twoStepSampler : weightedSampler}

${comment('use')}
# loader = torch.utils.data.DataLoader(
#     train_set, batch_size=128, sampler=make_sampler(train_set.targets, train_set.class_to_idx)
# )
`;
};

const logitAdjustedLoss = `

class LogitAdjustedLoss(torch.nn.Module):
${comment('loss', {}, '    ')}
${comment('loss-shape-torch', {}, '    ')}

    def __init__(
        self, class_mapping, tau=1.0, ignore_index=-100, reduction="mean", class_dim=None
    ):
        super().__init__()
        counts = counts_by_index(class_mapping)
${comment('empty-class', {}, '        ')}
        log_prior = [math.log(n / sum(counts)) if n > 0 else -1e4 for n in counts]
        self.register_buffer("shift", tau * torch.tensor(log_prior, dtype=torch.float32))
        self.ignore_index, self.reduction, self.class_dim = ignore_index, reduction, class_dim

    def forward(self, logits, labels):
        if self.class_dim is not None and logits.dim() > 1:
            logits = logits.movedim(self.class_dim, 1)
        axis = min(1, logits.dim() - 1)
        if logits.shape[axis] != len(self.shift):
            raise ValueError(
${message('loss-classes', '                ', '{logits.shape[axis]}, {len(self.shift)}')}
            )
        shape = [1] * logits.dim()
        shape[axis] = -1
        return torch.nn.functional.cross_entropy(
            logits.float() + self.shift.view(shape),
            labels.long(),
            ignore_index=self.ignore_index,
            reduction=self.reduction,
        )


${comment('use')}
# criterion = LogitAdjustedLoss(train_set.class_to_idx).to(device)
# loss = criterion(model(images), labels)
`;

/** Class weights, a sampler and the logit-adjusted loss as plain PyTorch (1.13 and later). */
export const pytorch: SnippetExporter = {
  framework: 'pytorch',
  extension: '.py',
  imports: {
    'class-weights': ['import math', 'import warnings', '', 'import torch'],
    sampler: ['import warnings', '', 'import torch'],
    'logit-adjusted-loss': ['import math', '', 'import torch'],
  },
  part: (part, counts) => {
    switch (part) {
      case 'class-weights':
        return classWeights(counts);
      case 'sampler':
        return sampler(counts);
      case 'logit-adjusted-loss':
        return logitAdjustedLoss;
    }
  },
};
