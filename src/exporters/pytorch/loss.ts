import { literal } from '../python';
import { classTable, float } from '../pythonModule';
import type { ExportJob, ExportStage } from '../types';

/** What a loss class has to be able to do: the union over the stages that use it. */
interface LossNeeds {
  readonly shift: boolean;
  readonly temperature: boolean;
  readonly margin: boolean;
  readonly smoothing: boolean;
  readonly gamma: boolean;
  readonly weight: boolean;
  readonly deferred: boolean;
}

const needsOf = (stages: readonly ExportStage[]): LossNeeds => ({
  shift: stages.some(({ loss }) => loss.offsets !== null),
  temperature: stages.some(({ loss }) => loss.temperatures !== null),
  margin: stages.some(({ loss }) => loss.margins !== null),
  smoothing: stages.some(({ loss }) => loss.smoothing !== null),
  gamma: stages.some(({ loss }) => loss.focus > 0),
  weight: stages.some(({ weights }) => weights.values !== null),
  deferred: stages.some(({ switchAt, weights }) => switchAt > 0 && weights.values !== null),
});

/** Lines where they are needed. */
const when = (needed: boolean, ...lines: readonly string[]): readonly string[] =>
  needed ? lines : [];

const lossClass = (needs: LossNeeds): string =>
  [
    '',
    '',
    'class ClassLoss(torch.nn.Module):',
    '    # Softmax cross-entropy. logits [N, C, ...] and labels [N, ...] as torch has them, of any rank;',
    '    # class_dim=-1 for logits [..., C]. Labels that are ignore_index count for nothing.',
    ...when(
      needs.shift,
      '    # shift: what is added to the logits in training; predict with the plain ones.',
    ),
    ...when(needs.temperature, '    # temperature: what logits are divided by in training.'),
    ...when(
      needs.margin,
      "    # margin: what is taken off the label's own logit. Cao et al., NeurIPS 2019.",
    ),
    ...when(
      needs.smoothing,
      '    # smoothing: share of the target given to all classes, by class of the label.',
    ),
    ...when(
      needs.gamma,
      '    # gamma: easy samples count less, (1 - p)^gamma. Lin et al., ICCV 2017.',
    ),
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
    ...when(needs.shift, '        shift=None,'),
    ...when(needs.temperature, '        temperature=None,'),
    ...when(needs.margin, '        margin=None,'),
    ...when(needs.smoothing, '        smoothing=None,'),
    ...when(needs.gamma, '        gamma=0.0,'),
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
    ...when(
      needs.temperature,
      '        if self.temperature is not None:',
      '            logits = logits / self.temperature',
    ),
    ...when(
      needs.shift,
      '        if self.shift is not None:',
      '            logits = logits + self.shift',
    ),
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

const formulas = (stages: readonly ExportStage[]): string => {
  const kinds = new Set(stages.map(({ loss }) => loss.config.kind));
  const shifts = stages.some(({ loss }) => loss.offsets !== null);
  const divides = stages.some(({ loss }) => loss.temperatures !== null);
  return [
    shifts
      ? `

def log_shares(counts, tau):
    # tau * log(n / N): Menon et al., ICLR 2021, equation 10; tau 1 is the balanced softmax of Ren et
    # al., NeurIPS 2020. An empty class is masked by a finite number, so that no gradient is NaN.
    total = sum(counts)
    return [tau * math.log(n / total) if n > 0 else -1e9 for n in counts]
`
      : '',
    divides
      ? `

def temperatures(counts, gamma):
    # (n_max / n)^gamma: Ye et al., 2020; with a shift the VS loss of Kini et al., NeurIPS 2021.
    return [(max(counts) / n) ** gamma if n > 0 else 1.0 for n in counts]
`
      : '',
    kinds.has('ldam')
      ? `

def margins(counts, largest):
    # largest * (n_min / n)^(1/4): Cao et al., NeurIPS 2019, equation 12.
    least = min(n for n in counts if n > 0)
    return [largest * (least / n) ** 0.25 if n > 0 else 0.0 for n in counts]
`
      : '',
  ].join('');
};

const tableName = (job: ExportJob, what: string, stage: ExportStage): string =>
  job.stages.length === 1 ? what : `${what}_${job.stages.indexOf(stage) + 1}`;

const tables = (job: ExportJob, stage: ExportStage): string => {
  const { weights, loss } = stage;
  return [
    weights.values === null
      ? ''
      : `\n# Class weights: ${weights.kind}.\n${classTable(tableName(job, 'CLASS_WEIGHTS', stage), job, weights.values, float)}\n`,
    loss.config.kind === 'label-aware-smoothing' && loss.smoothing !== null
      ? `\n# Share of the target given to all classes, by class of the label. Zhong et al., CVPR 2021.\n${classTable(tableName(job, 'SMOOTHING', stage), job, loss.smoothing, float)}\n`
      : '',
  ].join('');
};

const construct = (job: ExportJob, stage: ExportStage, indent: string): string => {
  const { loss, weights, switchAt, cosineScale } = stage;
  const { config } = loss;
  const scale = cosineScale === null ? '' : `${float(cosineScale)} * `;
  const own = [
    ...(loss.offsets === null ? [] : [`shift=log_shares(counts, ${float(loss.tau)})`]),
    ...(loss.temperatures === null || !('gamma' in config)
      ? []
      : [`temperature=temperatures(counts, ${float(config.gamma)})`]),
    ...(config.kind === 'ldam'
      ? [`margin=[${scale}m for m in margins(counts, ${float(config.maxMargin)})]`]
      : []),
    ...(config.kind === 'label-smoothing'
      ? [`smoothing=[${float(config.epsilon)}] * len(counts)`]
      : loss.smoothing === null
        ? []
        : [`smoothing=in_order(${tableName(job, 'SMOOTHING', stage)}, class_mapping)`]),
    ...(loss.focus > 0 ? [`gamma=${float(loss.focus)}`] : []),
    ...(weights.values === null
      ? []
      : [
          `weight=in_order(${tableName(job, 'CLASS_WEIGHTS', stage)}, class_mapping)`,
          ...(weights.reduction === 'weightedMean' ? ['weighted_mean=True'] : []),
          ...(switchAt > 0 ? [`switch_at=${switchAt}`] : []),
        ]),
  ];
  const lines = ['len(counts)', ...own, '**options'].map((one) => `${indent}    ${one},`);
  return `${indent}return ClassLoss(\n${lines.join('\n')}\n${indent})`;
};

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

/** `make_loss`, the loss class with what these stages need, and class weights as a tensor. */
export const lossCode = (job: ExportJob): string => {
  const { stages, stage: last } = job;
  const several = stages.length > 1;
  const make = several
    ? stages
        .map(
          (stage) =>
            `    if stage == ${literal(stage.name)}:\n${construct(job, stage, '        ')}`,
        )
        .join('\n') + '\n    raise ValueError(f"There is no stage {stage!r}.")'
    : construct(job, last, '    ');
  return `${stages.map((stage) => tables(job, stage)).join('')}
${lossClass(needsOf(stages))}${formulas(stages)}${cosine(stages)}

def make_loss(class_mapping, ${several ? `stage=${literal(last.name)}, ` : ''}**options):
    # options: ignore_index=-100, reduction="mean", class_dim=1.
    counts = in_order(COUNTS, class_mapping)
${make}
`;
};
