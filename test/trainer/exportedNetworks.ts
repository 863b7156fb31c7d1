import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/common/random';
import type { ExportedModel } from '../../src/config/exportedModel/types';
import { modelCode } from '../../src/exporters/model';
import type { Ops } from '../../src/trainer/backend/types';
import { fitImage } from '../../src/trainer/data/image';
import { writeModel } from '../../src/trainer/finished/exportModel';
import type { FinishedModel } from '../../src/trainer/finished/finishedModel';
import { describeNetwork, standardiseWeights } from '../../src/trainer/finished/frozenNetwork';
import { createFeatureExtractor } from '../../src/trainer/pretrained/extractor';
import { foldStateDict, type FrozenWeights } from '../../src/trainer/pretrained/fold';
import { netOf, type NetId } from '../../src/trainer/pretrained/nets';
import type { PretrainedNet } from '../../src/trainer/pretrained/netTypes';
import { parseStateDict } from '../../src/trainer/pretrained/stateDict';
import { imageOf, type ListedPicture } from './exportedPictures';
import { tinyNet, tinyWeights } from './pretrainedContract';

const narrow = join(import.meta.dirname, '../fixtures/pretrained/narrow');

interface Net {
  readonly net: PretrainedNet;
  readonly weights: FrozenWeights;
}

const narrowNet = (id: NetId): Net => {
  const path = join(narrow, `${id}.pth`);
  const { width } = JSON.parse(readFileSync(path.replace('.pth', '.json'), 'utf8')) as {
    width: number;
  };
  const net = { ...netOf(id), width };
  return { net, weights: foldStateDict(net, parseStateDict(readFileSync(path), path), path) };
};

/** Every kind of layer, and the listed networks that torchvision has, a few filters wide. */
const nets: Readonly<Record<string, () => Net>> = {
  'tiny-frozen': () => ({ net: tinyNet, weights: tinyWeights() }),
  'narrow-resnet18': () => narrowNet('resnet18'),
  'narrow-resnet50': () => narrowNet('resnet50'),
  'narrow-mobilenet': () => narrowNet('mobilenet_v2'),
};

export const networkNames = Object.keys(nets);

const side = 32;
const classes = ['a', 'b', 'c'];

/** Pictures that have to shrink, to grow, and to be cropped on either side. */
const pictures = [
  [side, side],
  [40, 77],
  [64, 33],
  [20, 24],
].map(([height = 1, width = 1], seed): ListedPicture => {
  const random = createRandom(seed, 'pictures');
  const data = Array.from({ length: height * width * 3 }, (_, i) =>
    Math.min(255, random.nextInt(120) + ((i >> 4) % (40 * (seed + 1)))),
  );
  return { height, width, channels: 3, data };
});

/** What the network itself makes of the pictures. */
const featuresOf = (ops: Ops, { net, weights }: Net): Float32Array => {
  const extractor = createFeatureExtractor(ops, net, weights);
  const shape = { height: side, width: side, channels: 3, resample: 'bicubic' } as const;
  const fitted = pictures.flatMap((one) => [...fitImage(imageOf(one), shape)]);
  const found = extractor.extract(Uint8Array.from(fitted), pictures.length, [side, side]);
  extractor.dispose();
  return found;
};

/** A head of random numbers on a network whose features are standardised by these. */
const modelOn = ({ net, weights }: Net, found: Float32Array): FinishedModel => {
  const { width, input } = net;
  const facts = Array.from({ length: width }, (_, d) => {
    const own = pictures.map((_, i) => found[i * width + d] ?? 0);
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    const squares = own.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(squares / own.length) || 1 };
  });
  const [mean, deviation] = [facts.map((one) => one.mean), facts.map((one) => one.deviation)];
  const random = createRandom(3, 'head');
  const kernel = Float32Array.from(
    { length: width * classes.length },
    () => random.nextNormal() / Math.sqrt(width),
  );
  const described = describeNetwork(net, weights);
  const shares = Object.fromEntries(classes.map((name) => [name, 1 / 3]));
  const description: ExportedModel = {
    schema: 'longtail.exported-model/1',
    title: net.id,
    run: { id: net.id, fingerprint: '', seed: 1 },
    task: 'single-label',
    classes,
    training: { counts: shares, prior: shares },
    targetPrior: 'uniform',
    input: {
      kind: 'features',
      network: {
        ...{ net: net.id, weights: '', height: side, width: side, layers: described.layers },
        ...({ colours: 'rgb', resize: 'cover-bicubic', ...input } as const),
      },
      mean,
      deviation,
    },
    network: {
      kind: 'pretrained',
      inputShape: [width],
      layers: [],
      head: { unit: false, centred: false },
    },
    posthoc: { kind: 'none', tau: null, from: 'report' },
    output: {
      activation: 'softmax',
      classes: Object.fromEntries(classes.map((name) => [name, { scale: 1, offset: 0 }])),
      thresholds: null,
    },
    versions: {},
  };
  return {
    description,
    frozen: null,
    weights: new Map([
      ...described.weights,
      ...standardiseWeights(mean, deviation),
      ['classifier/kernel', { shape: [width, classes.length], values: kernel }],
      ['classifier/bias', { shape: [classes.length], values: new Float32Array(classes.length) }],
    ]),
  };
};

/** Writes a model on a network with its code; gives pictures to try it on, and the network's features of them. */
export const writeNetwork = async (ops: Ops, name: string, out: string) => {
  const make = nets[name];
  if (make === undefined) throw new Error(`no network ${name}`);
  const own = make();
  const features = featuresOf(ops, own);
  const model = modelOn(own, features);
  await writeModel(model, out);
  for (const [file, text] of modelCode(model.description)) writeFileSync(join(out, file), text);
  return { description: model.description, samples: pictures, features };
};
