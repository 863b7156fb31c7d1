import { hasLabelSets } from '../labelTerms';
import type { ExportJob, ExportSampler, ExportStage } from '../types';
import { jsNumber, mapTable } from './parts';

const shares = ({ sampler, config, epochs, switchAt }: ExportStage): readonly string[] => {
  if (sampler.power !== null)
    return [
      '// In proportion to n^q. Kang et al., ICLR 2020, equation 1.',
      `const shares = counts.map((n) => (n > 0 ? n ** ${jsNumber(sampler.power)} : 0));`,
    ];
  if (config.sampler.kind === 'effective-number' && config.sampler.beta > 0)
    return [
      '// In proportion to n (1 - beta) / (1 - beta^n). Cui et al., CVPR 2019, equation 2.',
      `const shares = counts.map((n) =>`,
      `  n > 0 ? n / -Math.expm1(n * Math.log(${jsNumber(config.sampler.beta)})) : 0,`,
      ');',
    ];
  if (config.sampler.kind === 'effective-number') return ['const shares = counts;'];
  return [
    '// From the shares of the data to equal ones. Kang et al., ICLR 2020, equation 2.',
    `const t = Math.min(1, Math.max(0, epoch - ${switchAt}) / ${Math.max(1, epochs - switchAt - 1)});`,
    'const present = counts.filter((n) => n > 0).length;',
    'const total = counts.reduce((sum, n) => sum + n, 0);',
    'const shares = counts.map((n) => (1 - t) * (n / total) + (n > 0 ? t / present : 0));',
  ];
};

const rounds = [
  '// An item of each class that was drawn, in shuffled rounds: none comes twice before all did.',
  'const next = members.map((own) => ({ order: shuffled(own, random), at: 0 }));',
  'const take = (j) => {',
  '  const own = next[j];',
  '  if (own.at === own.order.length) {',
  '    own.order = shuffled(own.order, random);',
  '    own.at = 0;',
  '  }',
  '  return own.order[own.at++];',
  '};',
];

const lines = (job: ExportJob): readonly string[] => {
  const { stage } = job;
  const { draw, perClass } = stage.sampler;
  const sets = hasLabelSets(job);
  const all = sets ? 'labels.keys()' : 'members.flat()';
  const own: Readonly<Record<ExportSampler['draw'], () => readonly string[]>> = {
    'every-item-once': () => [`return shuffled(${all}, random);`],
    'class-first': () => [
      ...shares(stage),
      'let sum = 0;',
      'const reached = shares.map((share) => (sum += share));',
      'const pick = () => {',
      '  const mark = random() * sum;',
      '  let [low, high] = [0, reached.length - 1];',
      '  while (low < high) {',
      '    const middle = (low + high) >> 1;',
      '    if (reached[middle] > mark) high = middle;',
      '    else low = middle + 1;',
      '  }',
      '  return low;',
      '};',
      ...rounds,
      'return Array.from({ length: size }, () => take(pick()));',
    ],
    'class-cycle': () => [
      `// Every class in turn, in shuffled rounds, ${perClass ?? 1} items of each in a row.`,
      ...rounds,
      'const present = counts.flatMap((n, j) => (n > 0 ? [j] : []));',
      'const indices = [];',
      'while (indices.length < size)',
      '  for (const j of shuffled(present, random))',
      `    for (let i = 0; i < ${perClass ?? 1}; i++) indices.push(take(j));`,
      'return indices.slice(0, size);',
    ],
    resample: () => [
      '// All items of a class and extra ones with replacement, or a subset of them.',
      'const ratios = inOrder(SIZE_RATIOS, classNames);',
      'const indices = members.flatMap((own, j) => {',
      '  const wanted = Math.round(own.length * ratios[j]);',
      '  if (wanted < own.length) return shuffled(own, random).slice(0, wanted);',
      '  const extra = Array.from(',
      '    { length: wanted - own.length },',
      '    () => own[Math.floor(random() * own.length)],',
      '  );',
      '  return own.concat(extra);',
      '});',
      'return shuffled(indices, random);',
    ],
    repeat: () => [
      '// As often as the factor of the class says, fractions by chance. Gupta et al., CVPR 2019.',
      'const factors = inOrder(REPEAT_FACTORS, classNames);',
      sets
        ? '// A sample goes by its rarest label; one without labels comes once.'
        : '// The factor of each sample.',
      'const repeats = new Array(size).fill(1);',
      'members.forEach((own, j) => {',
      `  for (const item of own) repeats[item] = ${sets ? 'Math.max(repeats[item], factors[j])' : 'factors[j]'};`,
      '});',
      'const indices = [];',
      'const fractions = [];',
      'repeats.forEach((factor, item) => {',
      '  for (let i = Math.floor(factor); i > 0; i--) indices.push(item);',
      '  fractions.push([item, factor - Math.floor(factor)]);',
      '});',
      'const all = repeats.reduce((sum, factor) => sum + factor, 0);',
      'const left = Math.round(all) - indices.length;',
      'const total = fractions.reduce((sum, [, fraction]) => sum + fraction, 0);',
      'const step = total / Math.max(1, left);',
      'let [mark, reached, picked] = [random() * step, 0, 0];',
      'for (const [item, fraction] of shuffled(fractions, random)) {',
      '  reached += fraction;',
      '  for (; mark < reached && picked < left; mark += step, picked++) indices.push(item);',
      '}',
      'return shuffled(indices, random);',
    ],
  };
  const early =
    stage.switchAt > 0 ? [`if (epoch < ${stage.switchAt}) return shuffled(${all}, random);`] : [];
  return [...early, ...own[draw]()];
};

const tables = (job: ExportJob): string => {
  const { sizes, repeats } = job.stage.sampler;
  if (repeats !== null)
    return `\n// Times an item of a class comes in an epoch.\n${mapTable('REPEAT_FACTORS', job, repeats)}\n`;
  if (sizes === null) return '';
  const ratios = job.classes.map(({ count }, j) => (count === 0 ? 0 : (sizes[j] ?? 0) / count));
  return `\n// Items of a class in an epoch, as a multiple of those it has.\n${mapTable('SIZE_RATIOS', job, ratios)}\n`;
};

const fillClasses = `  labels.forEach((label, i) => {
    if (members[label] === undefined)
      throw new Error('A label lies outside the class names: ' + label);
    members[label].push(i);
  });
`;

const fillSets = `  // labels: a row of 0 and 1 for each sample, in the order of classNames.
  labels.forEach((row, i) => {
    if (row.length !== members.length)
      throw new Error(row.length + ' labels in a row for ' + members.length + ' classes');
    row.forEach((has, j) => {
      if (has > 0.5) members[j].push(i);
    });
  });
`;

const classTargets = "      ys: tf.tensor2d(at.map((i) => [labels[i]]), [at.length, 1], 'int32'),";
const setTargets =
  '      ys: tf.tensor2d(at.map((i) => labels[i]), [at.length, classNames.length]),';

/** `epochIndices` and `epochBatches`: what `classWeight` of TensorFlow.js cannot do. */
export const samplerCode = (job: ExportJob): string => `${tables(job)}
/** Positions of the samples that an epoch draws, in their order: seed and epoch decide. */
export const epochIndices = (labels, classNames, { epoch = 0, seed = ${job.config.seed} } = {}) => {
  const members = inOrder(COUNTS, classNames).map(() => []);
${hasLabelSets(job) ? fillSets : fillClasses}  const counts = members.map((own) => own.length);
  const size = labels.length;
  const random = randomFrom(seed, epoch);
${lines(job)
  .map((line) => `  ${line}`)
  .join('\n')}
};

/**
 * Batches of an epoch, for tf.data.generator(() => epochBatches(xs, labels, classNames, { epoch })):
 * xs is a tensor with the samples first, labels an array of ${hasLabelSets(job) ? 'rows of 0 and 1' : 'integers'}.
 */
export const epochBatches = function* (xs, labels, classNames, options = {}) {
  const { batchSize = ${job.stage.config.optimizer.batchSize} } = options;
  const indices = epochIndices(labels, classNames, options);
  for (let from = 0; from < indices.length; from += batchSize) {
    const at = indices.slice(from, from + batchSize);
    yield {
      xs: tf.tidy(() => tf.gather(xs, tf.tensor1d(at, 'int32'))),
${hasLabelSets(job) ? setTargets : classTargets}
    };
  }
};
`;
