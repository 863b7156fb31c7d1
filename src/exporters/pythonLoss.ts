import { literal } from './python';
import { classTable, float } from './pythonModule';
import type { ExportJob, ExportStage } from './types';

/** What a loss class has to be able to do: the union over the stages that use it. */
export interface LossNeeds {
  readonly shift: boolean;
  readonly temperature: boolean;
  readonly margin: boolean;
  readonly smoothing: boolean;
  readonly gamma: boolean;
  readonly weight: boolean;
  readonly deferred: boolean;
}

export const needsOf = (stages: readonly ExportStage[]): LossNeeds => ({
  shift: stages.some(({ loss }) => loss.offsets !== null),
  temperature: stages.some(({ loss }) => loss.temperatures !== null),
  margin: stages.some(({ loss }) => loss.margins !== null),
  smoothing: stages.some(({ loss }) => loss.smoothing !== null),
  gamma: stages.some(({ loss }) => loss.focus > 0),
  weight: stages.some(({ weights }) => weights.values !== null),
  deferred: stages.some(({ switchAt, weights }) => switchAt > 0 && weights.values !== null),
});

/** Lines where they are needed. */
export const when = (needed: boolean, ...lines: readonly string[]): readonly string[] =>
  needed ? lines : [];

/** Parameters of a loss class, as its constructor takes them. */
export const lossParameters = (needs: LossNeeds): readonly string[] => [
  ...when(needs.shift, '        shift=None,'),
  ...when(needs.temperature, '        temperature=None,'),
  ...when(needs.margin, '        margin=None,'),
  ...when(needs.smoothing, '        smoothing=None,'),
  ...when(needs.gamma, '        gamma=0.0,'),
];

/** Divides logits by class temperatures, then shifts them. */
export const movedLogits = (needs: LossNeeds): readonly string[] => [
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
];

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

/** `make_loss`: the tables and formulas of these stages, and the loss class with what each needs. */
export const makeLoss = (job: ExportJob, lossClass: string, options: string): string => {
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
${lossClass}${formulas(stages)}

def make_loss(class_mapping, ${several ? `stage=${literal(last.name)}, ` : ''}**options):
    # options: ${options}.
    counts = in_order(COUNTS, class_mapping)
${make}
`;
};

/** What a loss class says of its arguments, above its constructor. */
export const lossNotes = (needs: LossNeeds): readonly string[] => [
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
];
