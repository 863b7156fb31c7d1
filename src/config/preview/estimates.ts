import { plainModel, plainStages } from '../defaults';
import type { RebalanceConfig, StageConfig } from '../schema';
import { networkSize, type InputShape } from './networkSize';
import type { MemoryEstimate, PreviewStage, TimeEstimate } from './types';

/** What an earlier run tells of speed. */
export interface EarlierRun {
  readonly config: RebalanceConfig;
  readonly backend: string;
  readonly classes: number;
  readonly timings: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly steps: number;
  }[];
}

export interface EstimateQuestion {
  readonly config: RebalanceConfig;
  readonly classes: number;
  /** null where the width of the inputs is not known before they are read. */
  readonly input: InputShape | null;
  readonly stages: readonly PreviewStage[];
  /** Newest first. */
  readonly earlier: readonly EarlierRun[];
  /** What `backend: auto` would come to here. */
  readonly backend: 'native' | 'wasm';
  readonly task: 'single-label' | 'multi-label';
}

/**
 * Multiplications a second of a training step, and what a step costs at least: ResNet-8 of width 16
 * on 32×32×3, batch 128, has 3 · 128 · 12.5 million and takes 75 ms natively, 432 ms on WebAssembly
 * with two threads and most of a minute in plain JavaScript, on two cores (docs/benchmarks.md).
 */
const figures: Readonly<Record<string, number>> = { native: 6.4e10, wasm: 1.1e10, cpu: 1e8 };
const leastStepSeconds = 0.002;
/** A forward pass, the gradient of the inputs and that of the weights cost about the same. */
const passes = 3;

const bytesPerNumber = 4;

/**
 * Memory while training: pixels are kept as bytes; the layer outputs of a batch exist twice, once
 * with their gradients; weights have a gradient and a momentum.
 */
export const memoryEstimate = (
  { config, classes, input, stages }: EstimateQuestion,
  samples: number,
): MemoryEstimate | null => {
  if (input === null) return null;
  const { parameters, activations } = networkSize(config.model, input, classes);
  const batch = Math.max(0, ...stages.map(({ batchSize }) => batchSize));
  const numbers =
    input.kind === 'image' ? input.size[0] * input.size[1] * input.channels : input.width;
  return {
    pixels: samples * numbers * (input.kind === 'image' ? 1 : bytesPerNumber),
    activations: 2 * activations * batch * bytesPerNumber,
    parameters: 3 * parameters * bytesPerNumber,
  };
};

/** What two stages must share for a step of one to take as long as a step of the other. */
const shapeOf = (config: RebalanceConfig, stage: StageConfig, classes: number): string => {
  const { kind, size, channels, text } = config.input;
  const model = plainModel(config.model);
  const { trainable, optimizer } = stage;
  const twice = config.model.kind === 'bbn';
  return JSON.stringify([
    [kind, size, channels, text?.features],
    model,
    twice,
    trainable === 'all',
    optimizer.batchSize,
    classes,
  ]);
};

/** Seconds a step by the newest earlier run with a stage of the same shape; null where none has. */
const secondsFromRuns = (
  question: EstimateQuestion,
  stage: StageConfig,
): { readonly perStep: number; readonly backend: string; readonly runs: number } | null => {
  const { config, classes, earlier } = question;
  const wanted = shapeOf(config, stage, classes);
  const found = earlier.flatMap((run) =>
    config.backend !== 'auto' && config.backend !== run.backend
      ? []
      : run.config.stages.flatMap((own) => {
          const timing = run.timings.find(({ name }) => name === own.name);
          return timing !== undefined &&
            timing.steps > 0 &&
            shapeOf(run.config, own, run.classes) === wanted
            ? [{ run, perStep: timing.seconds / timing.steps }]
            : [];
        }),
  );
  const [newest] = found;
  if (newest === undefined) return null;
  const { backend } = newest.run;
  const runs = new Set(found.filter(({ run }) => run.backend === backend).map(({ run }) => run));
  return { perStep: newest.perStep, backend, runs: runs.size };
};

const secondsFromFigure = (
  { config, classes, input }: EstimateQuestion,
  stage: StageConfig,
  backend: string,
): number => {
  const rate = figures[backend] ?? figures['wasm'] ?? 1;
  if (input === null) return leastStepSeconds;
  const { multiplyAdds, classifier } = networkSize(config.model, input, classes);
  const work = stage.trainable === 'all' ? multiplyAdds : classifier.multiplyAdds;
  const branches = config.model.kind === 'bbn' && stage.trainable === 'all' ? 2 : 1;
  return leastStepSeconds + (branches * passes * stage.optimizer.batchSize * work) / rate;
};

/**
 * Time of the config's own training and of the plain baseline beside it, which takes as many steps
 * as plain sampling has.
 */
export const timeEstimate = (
  question: EstimateQuestion,
  plainSteps: readonly number[],
): TimeEstimate => {
  const { config, stages, task } = question;
  const plain = plainStages(config, task);
  const known = config.stages.map((stage) => secondsFromRuns(question, stage));
  const isKnown = known.every((found) => found !== null);
  const [first] = known;
  const backend =
    isKnown && first
      ? first.backend
      : config.backend === 'auto'
        ? question.backend
        : config.backend;
  const secondsOf = (stage: StageConfig, i: number): number =>
    (isKnown ? known[i]?.perStep : undefined) ?? secondsFromFigure(question, stage, backend);
  const total = (steps: readonly number[]): number =>
    config.stages.reduce((all, stage, i) => all + secondsOf(stage, i) * (steps[i] ?? 0), 0);
  const isPlain =
    JSON.stringify(plain) === JSON.stringify(config.stages) &&
    JSON.stringify(plainModel(config.model, task)) === JSON.stringify(config.model);
  const branches = config.model.kind === 'bbn' ? 2 : 1;
  return {
    seconds: total(stages.map(({ steps }) => steps)),
    baselineSeconds: isPlain ? 0 : total(plainSteps) / branches,
    backend,
    runs: isKnown ? Math.min(...known.map((found) => found.runs)) : 0,
  };
};
