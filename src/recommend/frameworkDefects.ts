import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import type { FrameworkAdvice, TargetFramework } from './types';

/** What is known to go wrong where imbalance is corrected in a framework. */
interface Defect {
  /** The sentences are `defect/<id>` and `defect/<id>/instead`. */
  readonly id: string;
  readonly frameworks: readonly Framework[];
  /** The first version without it, or null where it was there when its thread was last read. */
  readonly fixedIn: string | null;
  /** The first version that has it, where it was not always there. */
  readonly since?: string;
  readonly reference: string;
}

export const frameworks = [
  'pytorch',
  'keras',
  'tfjs',
  'huggingface',
  'detectron2',
  'mmdetection',
  'mmpretrain',
  'ultralytics',
  'imbalanced-learn',
  'imbalanced-dataset-sampler',
  'libauc',
  'teachable-machine',
] as const;
type Framework = (typeof frameworks)[number];

/** Threads were read in November 2026. Versions are only given where a thread or a release says them. */
export const frameworkDefects: readonly Defect[] = [
  {
    id: 'multinomial-limit',
    frameworks: ['pytorch', 'huggingface', 'imbalanced-dataset-sampler'],
    fixedIn: null,
    reference: 'pytorch/pytorch#2576',
  },
  {
    id: 'weighted-sampler-distributed',
    frameworks: ['pytorch', 'huggingface'],
    fixedIn: null,
    reference: 'pytorch/pytorch#77154',
  },
  {
    id: 'sampler-subset',
    frameworks: ['imbalanced-dataset-sampler'],
    fixedIn: null,
    reference: 'ufoym/imbalanced-dataset-sampler#36',
  },
  {
    id: 'sampler-one-label',
    frameworks: ['imbalanced-dataset-sampler'],
    fixedIn: null,
    reference: 'ufoym/imbalanced-dataset-sampler#8',
  },
  {
    id: 'class-weight-shapes',
    frameworks: ['keras'],
    fixedIn: null,
    reference: 'keras-team/keras#16674, tensorflow/tensorflow#40457',
  },
  {
    id: 'class-weight-dataset',
    frameworks: ['keras'],
    since: '2.0',
    fixedIn: '2.2',
    reference: 'tensorflow/tensorflow#33550',
  },
  {
    id: 'class-weight-keys',
    frameworks: ['keras'],
    fixedIn: null,
    reference: 'tensorflow/tensorflow#98283',
  },
  {
    id: 'tfjs-weights',
    frameworks: ['tfjs'],
    fixedIn: null,
    reference: 'tensorflow/tfjs:tfjs-layers/src/engine/training_utils.ts, tensorflow/tfjs#25',
  },
  {
    id: 'tfjs-multi-hot',
    frameworks: ['tfjs'],
    fixedIn: null,
    reference: 'tensorflow/tfjs:tfjs-layers/src/engine/training_utils.ts',
  },
  {
    id: 'trainer-weights',
    frameworks: ['huggingface'],
    fixedIn: null,
    reference: 'huggingface/transformers#15450',
  },
  {
    id: 'repeat-factor-root',
    frameworks: ['detectron2'],
    fixedIn: null,
    reference: 'facebookresearch/detectron2#5245',
  },
  {
    id: 'detector-class-weights',
    frameworks: ['detectron2'],
    fixedIn: null,
    reference: 'facebookresearch/detectron2#3213',
  },
  {
    id: 'shifted-indices',
    frameworks: ['mmdetection', 'mmpretrain'],
    fixedIn: 'mmengine of 4 April 2023',
    reference: 'open-mmlab/mmengine#1048',
  },
  {
    id: 'repeats-rounded-up',
    frameworks: ['mmdetection', 'mmpretrain'],
    fixedIn: null,
    reference: 'open-mmlab/mmengine:mmengine/dataset/dataset_wrapper.py',
  },
  {
    id: 'threshold-does-nothing',
    frameworks: ['mmdetection', 'mmpretrain'],
    fixedIn: null,
    reference: 'open-mmlab/mmdetection#7954, open-mmlab/mmpretrain#747',
  },
  {
    id: 'no-class-weights',
    frameworks: ['ultralytics'],
    fixedIn: 'pull request 23565',
    reference: 'ultralytics/ultralytics#23565',
  },
  {
    id: 'image-weights-one-gpu',
    frameworks: ['ultralytics'],
    fixedIn: null,
    reference: 'ultralytics/yolov5 --image-weights',
  },
  {
    id: 'resampling-one-label',
    frameworks: ['imbalanced-learn'],
    fixedIn: null,
    reference: 'scikit-learn-contrib/imbalanced-learn#340, #1123',
  },
  {
    id: 'batches-in-memory',
    frameworks: ['imbalanced-learn'],
    fixedIn: null,
    reference: 'scikit-learn-contrib/imbalanced-learn#595',
  },
  {
    id: 'zero-loss',
    frameworks: ['libauc'],
    fixedIn: null,
    reference: 'Optimization-AI/LibAUC#31',
  },
  {
    id: 'rare-class-in-validation',
    frameworks: ['teachable-machine'],
    fixedIn: null,
    reference:
      'googlecreativelab/teachablemachine-community:libraries/image/src/teachable-mobilenet.ts',
  },
];

const isVersion = (text: string): boolean => /^\d+(\.\d+)*$/.test(text);

/** Compares 2.10 with 2.9 by their numbers. */
const compare = (a: string, b: string): number => {
  const [one, two] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < Math.max(one?.length ?? 0, two?.length ?? 0); i++) {
    const apart = (one?.[i] ?? 0) - (two?.[i] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
};

/** Whether a defect may be in a version; in all that cannot be told apart. */
const touches = ({ fixedIn, since }: Defect, version: string | null): boolean => {
  if (version === null || !isVersion(version)) return true;
  if (since !== undefined && compare(version, since) < 0) return false;
  return fixedIn === null || !isVersion(fixedIn) || compare(version, fixedIn) < 0;
};

const rangeOf = ({ fixedIn, since }: Defect): string => {
  const from = since === undefined ? '' : `>= ${since} `;
  return fixedIn === null ? `${from}*` : `${from}< ${fixedIn}`;
};

/** A framework as it was named, `keras@2.1`. Throws `defect/unknown-framework`, `…-near`. */
export const frameworkNamed = (written: string): TargetFramework => {
  const [name = '', version = null] = written.toLowerCase().split('@');
  if (!frameworks.some((known) => known === name)) {
    const near = nearest(name, frameworks);
    throw near === null
      ? new LongtailError('defect/unknown-framework', { framework: name, known: frameworks })
      : new LongtailError('defect/unknown-framework-near', { framework: name, near });
  }
  return { name, version };
};

/** What is known to go wrong in a framework of that version. */
export const defectsOf = ({ name, version }: TargetFramework): FrameworkAdvice => ({
  name,
  version,
  defects: frameworkDefects
    .filter((defect) => defect.frameworks.some((one) => one === name) && touches(defect, version))
    .map((defect) => ({
      id: defect.id,
      what: { code: `defect/${defect.id}`, params: {} },
      instead: { code: `defect/${defect.id}/instead`, params: {} },
      reference: defect.reference,
      versions: rangeOf(defect),
    })),
});
