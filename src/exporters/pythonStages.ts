import { literal } from './python';
import { float } from './pythonModule';
import type { ExportJob, ExportStage } from './types';

const option = (name: string, value: number | undefined): readonly string[] =>
  value === undefined ? [] : [`        ${name}=${float(value)},`];

/** One stage as the script reads it. */
const stageEntry = ({ name, epochs, config, cosineScale }: ExportStage): string => {
  const { optimizer, trainable, init } = config;
  return [
    '    dict(',
    `        name=${literal(name)},`,
    `        epochs=${epochs},`,
    `        trainable=${literal(trainable)},`,
    `        again=${init === 'again' ? 'True' : 'False'},`,
    ...(config.classifier?.kind === 'cosine' ? option('cosine', cosineScale ?? 30) : []),
    ...(config.scaleBias === true ? ['        scale_bias=True,'] : []),
    ...(config.batchNorm === 'update' ? ['        update_norm=True,'] : []),
    `        batch_size=${optimizer.batchSize},`,
    ...option('learning_rate', optimizer.learningRate),
    ...option('momentum', optimizer.momentum),
    `        nesterov=${optimizer.nesterov && optimizer.momentum > 0 ? 'True' : 'False'},`,
    ...option('weight_decay', optimizer.weightDecay),
    ...(optimizer.decayOn === 'backbone' ? ['        decay_on="backbone",'] : []),
    `        schedule=${literal(optimizer.schedule)},`,
    ...option('warmup_epochs', optimizer.warmupEpochs),
    ...(optimizer.schedule === 'step'
      ? [`        drop_at=[${(optimizer.dropAt ?? []).join(', ')}],`]
      : []),
    ...(optimizer.schedule === 'step' ? option('drop_to', optimizer.dropTo ?? 0.1) : []),
    ...(trainable === 'classifier-and-scale'
      ? option('classifier_rate', optimizer.classifierRate ?? 0.2)
      : []),
    '    ),',
  ].join('\n');
};

/** STAGES, as scripts that train one stage after the other read it. */
export const stageTable = ({ stages }: ExportJob): string =>
  `STAGES = [\n${stages.map(stageEntry).join('\n')}\n]`;
