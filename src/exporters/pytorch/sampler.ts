import { literal } from '../python';
import { classTable, float } from '../pythonModule';
import type { ExportJob, ExportSampler, ExportStage } from '../types';
import { classes, epochSamplerOf, itemsOfClasses, membersByClass } from './samplerClasses';

/** Which of the classes draws for a sampler. */
export const classOf = ({ kind, power, draw }: ExportSampler): string => {
  if (draw === 'every-item-once') return 'instance';
  if (draw === 'resample') return 'resample';
  if (draw === 'class-first' && power !== null) return 'power';
  return kind;
};

/** Name of the table a sampler of a stage reads, where it has one. */
const tableName = (job: ExportJob, what: string, stage: ExportStage): string =>
  job.stages.length === 1 ? what : `${what}_${job.stages.indexOf(stage) + 1}`;

/** What the sampler's constructor is given after its members. */
export const argumentsOf = (job: ExportJob, stage: ExportStage): readonly string[] => {
  const { sampler, switchAt, config } = stage;
  const own = (): readonly string[] => {
    switch (classOf(sampler)) {
      case 'power':
        return [`power=${float(sampler.power ?? 0)}`];
      case 'effective-number':
        return 'beta' in config.sampler ? [`beta=${float(config.sampler.beta)}`] : [];
      case 'progressive':
        return [`epochs=${stage.epochs - switchAt}`];
      case 'class-aware':
        return [`per_class=${sampler.perClass ?? 1}`];
      case 'repeat-factor':
        return [`factors=in_order(${tableName(job, 'REPEAT_FACTORS', stage)}, class_mapping)`];
      case 'resample':
        return [`ratios=in_order(${tableName(job, 'SIZE_RATIOS', stage)}, class_mapping)`];
      default:
        return [];
    }
  };
  return [...own(), ...(switchAt > 0 ? [`switch_at=${switchAt}`] : [])];
};

const tables = (job: ExportJob, stage: ExportStage): string => {
  const { sizes, repeats } = stage.sampler;
  if (repeats !== null)
    return `\n# Times an item of a class comes in an epoch.\n${classTable(tableName(job, 'REPEAT_FACTORS', stage), job, repeats, float)}\n`;
  if (sizes === null) return '';
  const ratios = job.classes.map(({ count }, j) => (count === 0 ? 0 : (sizes[j] ?? 0) / count));
  return `\n# Items of a class in an epoch, as a multiple of those it has.\n${classTable(tableName(job, 'SIZE_RATIOS', stage), job, ratios, float)}\n`;
};

const construct = (job: ExportJob, stage: ExportStage, indent: string): string => {
  const { name } = classes[classOf(stage.sampler)] ?? { name: 'EpochSampler' };
  const own = argumentsOf(job, stage).map((argument) => `, ${argument}`);
  return `${indent}return ${name}(members${own.join('')}, **options)`;
};

/** `make_sampler`, and the samplers of the stages. */
export const samplerCode = (job: ExportJob): string => {
  const { stages, stage: last } = job;
  const used = [...new Set(stages.map(({ sampler }) => classOf(sampler)))];
  const rows = used.flatMap((key) => classes[key] ?? []);
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
${membersByClass}
${epochSamplerOf('class')}${rows.some(({ classFirst }) => classFirst) ? itemsOfClasses : ''}${rows.map(({ code }) => code).join('')}

def make_sampler(labels, class_mapping, ${several ? `stage=${literal(last.name)}, ` : ''}**options):
    # options: seed=0, and num_replicas and rank where torch.distributed does not know them.
    members = members_by_class(labels, class_mapping)
${make}
`;
};
