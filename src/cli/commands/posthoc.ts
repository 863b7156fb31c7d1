import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LongtailError } from '../../common/errors';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { posthocFiles, type PosthocFile } from '../../exporters/posthoc';
import type { ThresholdRule } from '../../methods/posthoc';
import { correctPredictions } from '../../predictions/correct';
import { readOutputs } from '../../predictions/readOutputs';
import {
  countsInOrder,
  countsOfProfile,
  readTrainCounts,
  type CountsByName,
} from '../../predictions/trainCounts';
import { readTrained } from '../../predictions/trained';
import type { ModelOutputs, NamedParts, Target } from '../../predictions/types';
import { profileDataset } from '../../profile/profile';
import { posthocMarkdown, posthocText } from '../../report/posthoc';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { readDeployment } from '../deployment';
import type { Io } from '../io';
import { freshPath, keepOutside, writeJson } from '../output';
import { scan } from '../profileOf';

const partNames = [
  'logits',
  'probabilities',
  'features',
  'labels',
  'weights',
  'bias',
  'classes',
] as const;

const partsOf = (args: Args): NamedParts =>
  Object.fromEntries(
    partNames.flatMap((name) => {
      const value = args.text(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** Training counts by name, from the file or the dataset that was named; null where neither was. */
const countsOf = async (args: Args, io: Io): Promise<CountsByName | null> => {
  const file = args.text('train-counts');
  const dataset = args.text('dataset');
  if (file !== undefined && dataset !== undefined) throw new LongtailError('posthoc/counts-twice');
  if (file !== undefined) return readTrainCounts(nodeFileSource, resolve(io.cwd, file));
  if (dataset === undefined) return null;
  const { index } = await scan(io, resolve(io.cwd, dataset), {});
  return countsOfProfile(profileDataset(index));
};

const metrics = {
  f1: 'f1',
  'balanced-accuracy': 'balancedAccuracy',
  'g-mean': 'gMean',
  cost: 'cost',
  recall: 'recall',
} as const;

/** `--costs FP:FN`, two positive numbers. */
const costsOf = (text: string): NonNullable<ThresholdRule['costs']> => {
  const [falsePositive = NaN, falseNegative = NaN, ...more] = text.split(':').map(Number);
  if (more.length > 0 || !(falsePositive > 0 && falseNegative > 0))
    throw new LongtailError('posthoc/costs', { given: text });
  return { falsePositive, falseNegative };
};

const ruleOf = (args: Args): ThresholdRule | null => {
  const name = args.text('threshold');
  const costs = args.text('costs');
  const floor = args.number('precision-floor');
  if (name === undefined && costs === undefined && floor === undefined) return null;
  const known = Object.keys(metrics);
  const wanted = name ?? (costs !== undefined ? 'cost' : 'recall');
  const metric = Object.entries(metrics).find(([key]) => key === wanted)?.[1];
  if (metric === undefined) throw new LongtailError('posthoc/metric', { given: wanted, known });
  if (metric === 'cost' && costs === undefined) throw new LongtailError('posthoc/costs-missing');
  if (metric === 'recall' && floor === undefined) throw new LongtailError('posthoc/floor-missing');
  if (floor !== undefined && !(floor > 0 && floor <= 1))
    throw new LongtailError('posthoc/floor', { given: floor });
  return {
    metric,
    ...(costs === undefined ? {} : { costs: costsOf(costs) }),
    ...(floor === undefined ? {} : { precisionFloor: floor }),
  };
};

const tauOf = (args: Args): number | 'auto' => {
  if (args.text('tau') === 'auto') return 'auto';
  const tau = args.number('tau') ?? 'auto';
  if (tau !== 'auto' && (tau < 0 || tau > 4))
    throw new LongtailError('posthoc/tau', { given: tau });
  return tau;
};

const targetOf = (args: Args, io: Io, { classNames }: ModelOutputs): Target => {
  const classes = classNames.map((name) => ({ name }));
  const given = readDeployment(args.text('deploy'), { classes }, io);
  if (given === undefined) return 'uniform';
  return given.kind === 'given' ? given.shares : given.kind;
};

const writeFiles = async (folder: string, files: readonly PosthocFile[]): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, parts } of files) {
      const path = join(folder, name);
      await pipeline(parts, createWriteStream(`${path}.tmp`));
      await rename(`${path}.tmp`, path);
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('cli/cannot-write', { path: folder, detail }, { cause: error });
  }
};

/** Corrects the predictions of a model trained anywhere; nothing is trained. */
export const posthoc: Command = {
  name: 'posthoc',
  positionals: ['FILE'],
  options: {
    trained: { type: 'string', value: 'HOW', required: true },
    dataset: { type: 'string', value: 'PATH' },
    'train-counts': { type: 'string', value: 'FILE' },
    labels: { type: 'string', value: 'KEY' },
    logits: { type: 'string', value: 'KEY' },
    probabilities: { type: 'string', value: 'KEY' },
    features: { type: 'string', value: 'KEY' },
    weights: { type: 'string', value: 'KEY' },
    bias: { type: 'string', value: 'KEY' },
    classes: { type: 'string', value: 'LIST' },
    select: { type: 'string', value: 'FILE' },
    deploy: { type: 'string', value: 'uniform|as-trained|FILE' },
    tau: { type: 'string', value: 'N|auto' },
    threshold: { type: 'string', value: 'METRIC' },
    costs: { type: 'string', value: 'FP:FN' },
    'precision-floor': { type: 'string', value: 'P' },
    seed: { type: 'string', value: 'N' },
    out: { type: 'string', value: 'DIR', about: 'posthoc-out' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const how = args.text('trained');
    if (how === undefined) throw new LongtailError('posthoc/trained-missing');
    const trained = readTrained(how);
    const rule = ruleOf(args);
    const tau = tauOf(args);
    const out = args.text('out');
    const folder = out === undefined ? null : freshPath(io, out, args.flag('force'));
    const dataset = args.text('dataset');
    if (folder !== null && dataset !== undefined) keepOutside(folder, resolve(io.cwd, dataset));
    const counts = await countsOf(args, io);
    const parts = partsOf(args);
    const read = (file: string): Promise<ModelOutputs> =>
      readOutputs(nodeFileSource, resolve(io.cwd, file), parts, {
        resolve: (path) => resolve(io.cwd, path),
        ...(counts === null ? {} : { knownClasses: [...counts.keys()] }),
      });
    const outputs = await read(args.positional(0));
    const select = args.text('select');
    const trainCounts =
      counts === null ? outputs.trainCounts : countsInOrder(counts, outputs.classNames);
    if (trainCounts === null) throw new LongtailError('posthoc/no-counts', { path: outputs.path });
    const corrected = correctPredictions({
      outputs,
      select: select === undefined ? null : await read(select),
      trainCounts,
      trained,
      target: targetOf(args, io, outputs),
      tau,
      rule,
      bands: 'auto',
      seed: args.number('seed') ?? 0,
    });
    const { result } = corrected;
    if (folder !== null) {
      const report = { name: 'report.md', parts: [posthocMarkdown(result)] };
      const json = { name: 'posthoc.json', parts: [`${JSON.stringify(result, null, 2)}\n`] };
      await writeFiles(folder, [report, json, ...posthocFiles(corrected, outputs)]);
      io.err(`${words('posthoc/written', { path: folder })}\n`);
    }
    if (args.flag('json')) await writeJson(io, result);
    else await io.outText(posthocText(result, io.paint));
    return exitCodes.done;
  },
};
