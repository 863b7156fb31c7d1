import { hasLabelSets } from './labelTerms';
import { literal } from './python';
import { classTable, float } from './pythonModule';
import type { ExportJob, ExportSampler, ExportStage } from './types';

const members = `

def members_by_class(labels, class_mapping):
    # Positions of the samples of each class. Counts are those of the labels given, so that a subset
    # of the training data is drawn from as rightly as all of it.
    counts = np.asarray(in_order(COUNTS, class_mapping))
    labels = np.asarray(labels)
    if labels.ndim == 2 and labels.shape[1] > 1:
        if np.any(np.count_nonzero(labels, axis=1) != 1):
            raise ValueError("Samples with several labels cannot be balanced by class.")
        labels = labels.argmax(axis=1)
    labels = labels.reshape(-1).astype(np.int64)
    outside = labels[(labels < 0) | (labels >= len(counts))]
    if len(outside) > 0:
        raise ValueError(f"A label lies outside the class mapping: {int(outside[0])}")
    own = np.bincount(labels, minlength=len(counts))
    more = np.flatnonzero(own > counts).tolist()
    if more:
        warnings.warn(
            "There are more labels than COUNTS has samples of these classes; check that labels "
            f"and class mapping belong together: {more}"
        )
    return np.split(np.argsort(labels, kind="stable"), np.cumsum(own)[:-1])
`;

const membersOfLabels = `

def members_by_label(labels, class_mapping):
    # Positions of the samples that have each label, and the number of samples. labels: a matrix
    # [N, C] of 0 and 1, its columns in the order of class_mapping. Counts are those of the labels
    # given, so that a subset of the training data is drawn from as rightly as all of it.
    counts = np.asarray(in_order(COUNTS, class_mapping))
    labels = np.asarray(labels)
    if labels.ndim != 2 or labels.shape[1] != len(counts):
        raise ValueError(f"labels have to be a matrix [N, {len(counts)}] of 0 and 1.")
    label, sample = np.nonzero(labels.T > 0.5)
    own = np.bincount(label, minlength=len(counts))
    more = np.flatnonzero(own > counts).tolist()
    if more:
        warnings.warn(
            "There are more labels than COUNTS has samples of these classes; check that labels "
            f"and class mapping belong together: {more}"
        )
    return np.split(sample, np.cumsum(own)[:-1]), len(labels)
`;

const itemsOf = `

def items_of(classes, members, random):
    # For each class that was drawn an item of it, in shuffled rounds: none comes twice before all
    # came once.
    items = np.empty(len(classes), dtype=np.int64)
    order = np.argsort(classes, kind="stable")
    start = 0
    for own, size in zip(members, np.bincount(classes, minlength=len(members))):
        if size > 0:
            rounds = [random.permutation(own) for _ in range(-(-size // len(own)))]
            items[order[start : start + size]] = np.concatenate(rounds)[:size]
        start += size
    return items
`;

/** The shares of the classes as Python lines, for samplers that draw a class first. */
const shareLines = ({ sampler, config, epochs, switchAt }: ExportStage): readonly string[] => {
  if (sampler.power !== null)
    return [
      '# In proportion to n^q. Kang et al., ICLR 2020, equation 1.',
      `shares = np.where(counts > 0, np.maximum(counts, 1.0) ** ${float(sampler.power)}, 0.0)`,
    ];
  if (config.sampler.kind === 'effective-number' && config.sampler.beta > 0)
    return [
      '# In proportion to n (1 - beta) / (1 - beta^n). Cui et al., CVPR 2019, equation 2.',
      `effective = -np.expm1(counts * math.log(${float(config.sampler.beta)}))`,
      'shares = np.where(counts > 0, counts / np.maximum(effective, 1e-300), 0.0)',
    ];
  if (config.sampler.kind === 'effective-number') return ['shares = counts.astype(np.float64)'];
  return [
    '# From the shares of the data to equal ones. Kang et al., ICLR 2020, equation 2.',
    `t = min(1.0, max(0, epoch - ${switchAt}) / ${Math.max(1, epochs - switchAt - 1)})`,
    'shares = (1 - t) * counts / counts.sum() + t * (counts > 0) / np.count_nonzero(counts)',
  ];
};

const tableName = (job: ExportJob, what: string, stage: ExportStage): string =>
  job.stages.length === 1 ? what : `${what}_${job.stages.indexOf(stage) + 1}`;

const drawLines = (job: ExportJob, stage: ExportStage): readonly string[] => {
  const { draw, perClass } = stage.sampler;
  const table = (what: string): string => `in_order(${tableName(job, what, stage)}, class_mapping)`;
  const several = hasLabelSets(job);
  const all = several ? 'items' : 'np.concatenate(members)';
  const size = several ? 'items' : 'counts.sum()';
  const lines: Readonly<Record<ExportSampler['draw'], () => readonly string[]>> = {
    'every-item-once': () => [`return random.permutation(${all})`],
    'class-first': () => [
      ...shareLines(stage),
      `classes = random.choice(len(counts), size=${size}, p=shares / shares.sum())`,
      'return items_of(classes, members, random)',
    ],
    'class-cycle': () => [
      `# Every class in turn, in shuffled rounds, ${perClass ?? 1} items of each in a row.`,
      'present = np.flatnonzero(counts)',
      `rounds = -(-${size} // (${perClass ?? 1} * len(present)))`,
      'order = np.concatenate([random.permutation(present) for _ in range(rounds)])',
      `classes = np.repeat(order, ${perClass ?? 1})[:${several ? 'items' : ' counts.sum()'}]`,
      'return items_of(classes, members, random)',
    ],
    resample: () => [
      '# All items of a class and extra ones with replacement, or a subset of them.',
      'items = []',
      `for own, ratio in zip(members, ${table('SIZE_RATIOS')}):`,
      '    size = round(len(own) * ratio)',
      '    if size < len(own):',
      '        items.append(random.permutation(own)[:size])',
      '    elif size > 0:',
      '        items += [own, own[random.integers(0, len(own), size - len(own))]]',
      'return random.permutation(np.concatenate(items))',
    ],
    repeat: () => [
      '# As often as the factor of the class says, fractions by chance. Gupta et al., CVPR 2019.',
      ...(several
        ? [
            '# A sample goes by its rarest label; one without labels comes once.',
            'factors = np.ones(items)',
            `for own, factor in zip(members, ${table('REPEAT_FACTORS')}):`,
            '    factors[own] = np.maximum(factors[own], factor)',
            'items = np.arange(items)',
          ]
        : [
            'items = np.concatenate(members)',
            `factors = np.repeat(${table('REPEAT_FACTORS')}, counts)`,
          ]),
      'whole = np.repeat(items, factors.astype(np.int64))',
      'left = round(float(factors.sum())) - len(whole)',
      'order = random.permutation(len(items))',
      'reached = np.cumsum((factors - np.floor(factors))[order])',
      'marks = (random.random() + np.arange(left)) * reached[-1] / max(1, left)',
      'picked = np.minimum(np.searchsorted(reached, marks, side="right"), len(items) - 1)',
      'return random.permutation(np.concatenate([whole, items[order[picked]]]))',
    ],
  };
  const early =
    stage.switchAt > 0
      ? [`if epoch < ${stage.switchAt}:`, `    return random.permutation(${all})`]
      : [];
  return [...early, ...lines[draw]()];
};

const tables = (job: ExportJob, stage: ExportStage): string => {
  const { sizes, repeats } = stage.sampler;
  if (repeats !== null)
    return `\n# Times an item of a class comes in an epoch.\n${classTable(tableName(job, 'REPEAT_FACTORS', stage), job, repeats, float)}\n`;
  if (sizes === null) return '';
  const ratios = job.classes.map(({ count }, j) => (count === 0 ? 0 : (sizes[j] ?? 0) / count));
  return `\n# Items of a class in an epoch, as a multiple of those it has.\n${classTable(tableName(job, 'SIZE_RATIOS', stage), job, ratios, float)}\n`;
};

/**
 * `epoch_indices` in NumPy, which draws the positions of an epoch as the stage's sampler does;
 * needs math, warnings and NumPy as np.
 */
export const numpySampler = (job: ExportJob): string => {
  const { stages, stage: last } = job;
  const several = stages.length > 1;
  const sets = hasLabelSets(job);
  const indented = (lines: readonly string[], indent: string): string =>
    lines.map((line) => `${indent}${line}`).join('\n');
  const drawsClasses = stages.some(({ sampler }) =>
    ['class-first', 'class-cycle'].includes(sampler.draw),
  );
  const body = several
    ? stages
        .map(
          (stage) =>
            `    if stage == ${literal(stage.name)}:\n${indented(drawLines(job, stage), '        ')}`,
        )
        .join('\n') + '\n    raise ValueError(f"There is no stage {stage!r}.")'
    : indented(drawLines(job, last), '    ');
  const stageParameter = several ? `, stage=${literal(last.name)}` : '';
  return `${stages.map((stage) => tables(job, stage)).join('')}${sets ? membersOfLabels : members}${drawsClasses ? itemsOf : ''}

def epoch_indices(labels, class_mapping, epoch=0, seed=${job.config.seed}${stageParameter}):
    # Positions of the samples that an epoch draws, in their order: seed and epoch decide.
    random = np.random.default_rng([seed, epoch])
    ${sets ? 'members, items = members_by_label' : 'members = members_by_class'}(labels, class_mapping)
    counts = np.array([len(own) for own in members])
${body}
`;
};
