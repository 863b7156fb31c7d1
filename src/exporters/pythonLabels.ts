import { classTable, float } from './pythonModule';
import { labelTerms, type LabelTerms } from './labelTerms';
import { when } from './pythonLoss';
import type { ExportJob } from './types';

/** SAMPLES, the items in all: counts of labels do not say it. */
export const sampleCount = ({ origin }: ExportJob): string =>
  `\n# Training samples in all; each has any number of the labels.\nSAMPLES = ${origin.items}\n`;

const formulas = ({ shift, positiveCap, balanced }: LabelTerms): string =>
  [
    ...when(
      shift !== 0,
      '',
      '',
      'def log_odds(counts, factor):',
      '    # factor * log(n / (N - n)): Menon et al., ICLR 2021, equation 10, for each label by itself. A',
      '    # label that no sample has, or every one, is masked by a finite number, so that no gradient is NaN.',
      '    return [',
      '        factor * math.log(n / (SAMPLES - n)) if 0 < n < SAMPLES else math.copysign(1e9, n - 0.5)',
      '        for n in counts',
      '    ]',
    ),
    ...when(
      positiveCap !== null,
      '',
      '',
      'def positive_weights(counts, largest):',
      '    # What a label weighs that a sample has: (N - n) / n, at most `largest`.',
      '    return [min(largest, (SAMPLES - n) / n) if n > 0 else largest for n in counts]',
    ),
    ...when(
      balanced !== null,
      '',
      '',
      'def rarities(counts):',
      '    return [1 / n if n > 0 else 1e9 for n in counts]',
    ),
    '',
  ].join('\n');

/** Names of the parameters that the loss class has besides the number of classes. */
export const labelParameters = (terms: LabelTerms): readonly string[] => [
  ...when(terms.shift !== 0, 'shift'),
  ...when(terms.positiveCap !== null, 'positive'),
  ...when(terms.alpha !== null, 'alpha'),
  ...when(terms.gamma > 0, 'gamma'),
  ...when(terms.asymmetric !== null, 'gamma_positive', 'gamma_negative', 'clip'),
  ...when(
    terms.balanced !== null,
    'rarity',
    'negative_scale',
    'weight_floor',
    'weight_slope',
    'weight_centre',
  ),
];

/** What they are given. */
const values = (terms: LabelTerms): readonly string[] => {
  const { shift, positiveCap, alpha, gamma, asymmetric, balanced } = terms;
  return [
    ...when(shift !== 0, `shift=log_odds(counts, ${float(shift)})`),
    ...(positiveCap === null ? [] : [`positive=positive_weights(counts, ${float(positiveCap)})`]),
    ...(alpha === null ? [] : [`alpha=${float(alpha)}`]),
    ...when(gamma > 0, `gamma=${float(gamma)}`),
    ...(asymmetric === null
      ? []
      : [
          `gamma_positive=${float(asymmetric.gammaPositive)}`,
          `gamma_negative=${float(asymmetric.gammaNegative)}`,
          `clip=${float(asymmetric.clip)}`,
        ]),
    ...(balanced === null
      ? []
      : [
          'rarity=rarities(counts)',
          `negative_scale=${float(balanced.negativeScale)}`,
          `weight_floor=${float(balanced.weightFloor)}`,
          `weight_slope=${float(balanced.weightSlope)}`,
          `weight_centre=${float(balanced.weightCentre)}`,
        ]),
  ];
};

/** What the loss class says of its parameters. */
export const labelNotes = (terms: LabelTerms): readonly string[] => [
  ...when(
    terms.shift !== 0,
    '    # shift: what is added to the logits in training; predict with the plain ones.',
  ),
  ...when(
    terms.positiveCap !== null,
    '    # positive: what a label weighs that a sample has, as pos_weight of torch; the others weigh 1.',
  ),
  ...when(
    terms.alpha !== null,
    '    # alpha: what labels weigh that a sample has; the others weigh 1 - alpha.',
  ),
  ...when(
    terms.gamma > 0,
    '    # gamma: easy labels count less, (1 - p)^gamma. Lin et al., ICCV 2017, equation 5.',
  ),
  ...when(
    terms.asymmetric !== null,
    '    # gamma_positive, gamma_negative: the same, apart for the labels a sample has and has not; of',
    '    # the latter those with p < clip are left out. Ben-Baruch et al., ICCV 2021, equation 7. As in',
    "    # the authors' code no gradient goes through the factors.",
  ),
  ...when(
    terms.balanced !== null,
    '    # rarity: 1 / n. A label weighs weight_floor + sigmoid(weight_slope * (share - weight_centre)) by',
    '    # its share of the rarity of all labels of the sample; logits of labels the sample has not are',
    '    # multiplied by negative_scale and their loss divided by it; all of it doubled. Wu et al., ECCV',
    '    # 2020, equations 3 to 8.',
  ),
];

/** `make_loss`: the formulas of the last stage's loss and the class that computes it. */
export const makeLabelLoss = (job: ExportJob, lossClass: string, options: string): string => {
  const terms = labelTerms(job);
  const lines = ['len(counts)', ...values(terms), '**options'].map((one) => `        ${one},`);
  return `${lossClass}${formulas(terms)}

def make_loss(class_mapping, **options):
    # options: ${options}.
    counts = in_order(COUNTS, class_mapping)
    return LabelLoss(
${lines.join('\n')}
    )
`;
};

/** Python lines that give where the last bias starts: the log-odds of each label. */
export const startLines: readonly string[] = [
  '    # A label that no sample has, or every one, starts as if half a sample differed.',
  '    counts = [min(SAMPLES - 0.5, max(0.5, n)) for n in in_order(COUNTS, class_mapping)]',
  '    odds = [math.log(n / (SAMPLES - n)) for n in counts]',
];

/** The factors of repeated samples, by class name. */
export const repeatTable = (job: ExportJob): string => {
  const { repeats } = job.stage.sampler;
  return repeats === null
    ? ''
    : `\n# Times a sample with the label comes in an epoch.\n${classTable('REPEAT_FACTORS', job, repeats, float)}\n`;
};
