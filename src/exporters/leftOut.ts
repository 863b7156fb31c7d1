import type { Issue, MessageParams } from '../common/errors';
import type { PosthocConfig } from '../config/schema';
import { words } from '../words/say';
import { hasLabelSets } from './labelTerms';
import type { Exporter, ExporterAbilities, ExportJob, ExportStage } from './types';

/** The name of an exporter's framework. */
export const exporterTitle = ({ id }: Pick<Exporter, 'id'>): string =>
  words(`exporters/title-${id}`);

const issue = (what: string, params: MessageParams): Issue => ({
  severity: 'warning',
  code: `exporters/left-out-${what}`,
  params,
});

const ofStage = (stage: ExportStage, can: ExporterAbilities, to: string): readonly Issue[] => {
  const { name, sampler, weights, loss, config, switchAt, cosineScale } = stage;
  const params = { stage: name, to };
  const mixing = config.mixing?.kind ?? 'none';
  return [
    ...(can.samplers === 'all' || can.samplers.includes(sampler.kind)
      ? []
      : [issue('sampler', { ...params, kind: sampler.kind, known: can.samplers })]),
    ...(can.losses === 'all' || can.losses.includes(loss.config.kind)
      ? []
      : [issue('loss', { ...params, kind: loss.config.kind, known: can.losses })]),
    ...(weights.values === null || can.weights
      ? []
      : [issue('weights', { ...params, kind: weights.kind })]),
    ...(switchAt === 0 || can.deferred ? [] : [issue('deferred', { ...params, epoch: switchAt })]),
    ...(mixing === 'none' || can.mixing.includes(mixing)
      ? []
      : [issue('mixing', { ...params, kind: mixing })]),
    ...(cosineScale === null || can.cosineClassifier ? [] : [issue('cosine', params)]),
    ...(config.classifier === undefined || config.classifier.kind !== 'mlp'
      ? []
      : [issue('classifier', { ...params, kind: config.classifier.kind })]),
    ...(config.hardExamples === undefined ? [] : [issue('hard-examples', params)]),
  ];
};

/** Whether a config trains in stages, or only a part of the network. */
export const isStaged = ({ stages }: ExportJob): boolean =>
  stages.length > 1 || stages.some(({ config }) => config.trainable !== 'all');

/** What is not done to the scores; thresholds that are given can be applied by hand. */
const afterTraining = (posthoc: PosthocConfig, to: string, several: boolean): Issue =>
  posthoc.kind === 'thresholds' && posthoc.at !== undefined
    ? issue(`thresholds-given${several ? '-labels' : ''}`, { to })
    : issue('posthoc', { to, kind: posthoc.kind });

/**
 * What of a config an exporter does not write, as issues that say what to do instead: nothing is
 * dropped in silence. Network, input, optimizer and schedule stay the user's own and are no part.
 */
export const leftOut = (job: ExportJob, exporter: Exporter): readonly Issue[] => {
  const can = hasLabelSets(job) ? (exporter.canLabels ?? exporter.can) : exporter.can;
  const own = exporter.issues?.(job) ?? [];
  if (can === null) return own;
  const to = exporterTitle(exporter);
  const { config, stages, stage } = job;
  const staged = isStaged(job);
  const written = can.stages ? stages : [stage];
  const seen = new Set<string>();
  return [
    ...written.flatMap((one) => ofStage(one, can, to)),
    ...(staged && !can.stages
      ? [issue('stages', { to, stages: stages.map(({ name }) => name), last: stage.name })]
      : []),
    ...(config.posthoc.kind === 'none' || can.posthoc.includes(config.posthoc.kind)
      ? []
      : [afterTraining(config.posthoc, to, hasLabelSets(job))]),
    ...((config.input.tailAugment?.strength ?? 0) === 0 ? [] : [issue('tail-augment', { to })]),
    ...('biasInit' in config.model && config.model.biasInit === 'prior' && !can.biasInit
      ? [issue('bias-init', { to })]
      : []),
    ...(config.model.kind === 'bbn' ? [issue('bbn', { to })] : []),
    ...own,
  ].filter((one) => {
    const key = JSON.stringify([one.code, one.params]);
    return seen.has(key) ? false : seen.add(key);
  });
};
