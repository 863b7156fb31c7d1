import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { modelCode } from '../../src/exporters/model';
import { writeModelPosthoc } from '../../src/host/outputs/keepSetting';
import { calibrationOfConfidences } from '../../src/methods/metrics';
import { topOfRows } from '../../src/methods/softmax';
import type { ItemKind, PredictedItem } from '../../src/protocol/modelJob';
import { readReport } from '../../src/run/runStore';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import { fitImage } from '../../src/trainer/data/image';
import { exportModel } from '../../src/trainer/finished/exportModel';
import { openModel } from '../../src/trainer/finished/finishedModel';
import { runModel } from '../../src/trainer/finished/logits';
import { predict } from '../../src/trainer/finished/predict';
import { openPictureInput } from '../../src/trainer/finished/pictureInput';
import { probabilitiesOf } from '../../src/trainer/finished/scores';
import { readNpz } from '../../src/trainer/npz';
import { cases, noWeights, samplesOf, trainCases, withoutLabels, type Made } from './exportedCases';
import { differencesInNode, run } from './exportedCode';
import { networkNames, writeNetwork } from './exportedNetworks';
import { imageOf, writePictures } from './exportedPictures';
import { trainerPath } from './runs';

const root = mkdtempSync(join(tmpdir(), 'longtail-exported-'));
const exports = join(root, 'exports');
const keras = await ensurePythonEnv('keras');
const noKeras = 'missing' in keras ? `skipped: ${keras.missing}` : null;
afterAll(() => {
  rmSync(root, { recursive: true });
});

const bundleFolder = dirname(trainerPath);

/** Items that go through the written code. */
const few = 5;
const tolerance = 1e-5;
/**
 * On a frozen network: a run trains on its features as float16, which the export does not round to
 * (measured: 7e-5 at most).
 */
const frozenTolerance = 3e-4;
/** Models whose code also opens files of pictures. */
const ofPictures = ['convolutions', 'narrow-mobilenet'];
const isRounded = (name: string): boolean => name === 'pretrained';
const made = new Map<string, Made>();
const of = (name: string): Made => {
  const found = made.get(name);
  if (found === undefined) throw new Error(`no run ${name}`);
  return found;
};

/** What a run or an exported model says of a path, all classes of each item. */
const predicted = async (model: string, path: string) => {
  const found: PredictedItem[] = [];
  let kind: ItemKind | null = null;
  await predict(
    { kind: 'predict', model, storeFolder: root, path, top: 9, batch: 7 },
    {
      ...{ shouldStop: () => false, bundleFolder, backend: 'wasm' },
      onOpened: (_, items) => {
        kind = items;
      },
      onItems: (items) => {
        found.push(...items);
        return Promise.resolve();
      },
    },
  );
  return { found, kind };
};

beforeAll(async () => {
  await trainCases(root, made);
});

it.skipIf(noWeights !== null)(noWeights ?? 'a pretrained network is among the models', () => {
  expect(Object.keys(cases)).toContain('pretrained');
});

describe.each(Object.keys(cases))('the model of a run: %s', (name) => {
  it('gives the probabilities that the report scored', async () => {
    const { folder, store, out, dataset } = of(name);
    const model = openModel(folder, store);
    const { description } = model;
    const classes = description.classes.length;
    const arrays = readNpz(join(folder, 'predictions', 'test.npz'));
    const saved = arrays.get('logits')?.values;
    const labels = arrays.get('labels')?.values;
    if (!(saved instanceof Float32Array) || !(labels instanceof Int32Array)) throw new Error(name);
    const rows = [...(arrays.get('rows')?.values ?? [])];
    const { on } = cases[name]!;
    const samples = samplesOf(dataset, on, rows);
    const byMeans = description.posthoc.kind === 'nearest-mean';
    const scored = byMeans ? null : probabilitiesOf(description, saved);
    let probabilities = scored;
    if (on === undefined) {
      const backend = await selectBackend('wasm');
      const input = await openPictureInput(model, { backend, bundleFolder });
      const pixels = Uint8Array.from(
        samples.flatMap((one) => [...fitImage(imageOf(one), input.shape)]),
      );
      const running = runModel(backend.ops, model);
      const logits = running.logits(input.prepare(pixels, rows.length), rows.length);
      running.dispose();
      probabilities = probabilitiesOf(description, logits);
      probabilities.forEach((p, i) => {
        if (scored !== null) expect(Math.abs(p - (scored[i] ?? NaN))).toBeLessThan(tolerance);
      });
    }
    if (on !== undefined) {
      const path = join(root, `${name}-new.jsonl`);
      writeFileSync(path, withoutLabels(samples, on));
      const { found, kind } = await predicted(folder, path);
      expect(kind).toBe(on === 'texts' ? 'texts' : 'rows');
      expect(found.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 1));
      found.forEach((item, i) => {
        if ('unreadable' in item) throw new Error(item.unreadable);
        for (const { name: own, probability } of item.guesses) {
          const wanted = scored?.[i * classes + description.classes.indexOf(own)] ?? NaN;
          expect(Math.abs(probability - wanted)).toBeLessThan(tolerance);
        }
      });
    }
    if (probabilities === null) throw new Error(name);
    const { scores } = readReport(folder)!;
    const { thresholds } = description.output;
    if (thresholds === null) {
      const { ece } = calibrationOfConfidences(
        topOfRows(probabilities.map(Math.log), classes),
        labels,
      );
      expect(ece).toBeCloseTo(scores.ece ?? NaN, 5);
    }
    const right = rows.filter((_, row) => {
      const own = [...probabilities.subarray(row * classes, (row + 1) * classes)];
      if (thresholds === null) return own.indexOf(Math.max(...own)) === labels[row];
      return own.every(
        (p, j) => p >= thresholds[description.classes[j]!]! === (labels[row * classes + j] === 1),
      );
    });
    expect(right.length / rows.length).toBeCloseTo(scores.accuracy, 12);

    await exportModel({ kind: 'export', model: folder, storeFolder: store, out }, bundleFolder);
    for (const [file, text] of modelCode(openModel(out, store).description))
      writeFileSync(join(out, file), text);
    const own = Array.from({ length: few }, (_, row) => [
      ...probabilities.subarray(row * classes, (row + 1) * classes),
    ]);
    const one = { samples: samples.slice(0, few), probabilities: own };
    writeFileSync(join(out, 'case.json'), JSON.stringify(one));
  });
});

describe('a setting kept in the report page since', () => {
  it.each([
    ['labels', 'label-thresholds'],
    ['thresholds', 'thresholds'],
  ] as const)('is that of the model: %s', (name, kind) => {
    const { folder, store } = of(name);
    const report = readReport(folder)!;
    const { classNames } = report.dataset;
    const wanted = classNames.map((_, j) => 0.2 + j / 100);
    const metric = 'f1' as const;
    const setting =
      kind === 'thresholds'
        ? { kind, metric, threshold: 0.25 }
        : { kind, metric, thresholds: wanted };
    writeModelPosthoc(report, { own: folder, baseline: null }, setting);
    const { posthoc, output } = openModel(folder, store).description;
    rmSync(join(folder, 'model', 'posthoc.json'));
    expect(posthoc).toEqual({ kind: 'thresholds', tau: null, from: 'kept' });
    if (kind === 'label-thresholds')
      expect(classNames.map((one) => output.thresholds?.[one])).toEqual(wanted);
    // From a quarter on is the rarer class: its logit is moved by the log-odds of three.
    else {
      const [first, second] = classNames.map((one) => output.classes[one]?.offset ?? NaN);
      expect(Math.abs(second! - first!)).toBeCloseTo(Math.log(3), 6);
    }
  });
});

describe('a model with the frozen network below it', () => {
  it.each(networkNames)('runs as the network it was made of: %s', async (name) => {
    const out = join(exports, name);
    const { ops } = await selectBackend('wasm');
    const { description, samples, features } = await writeNetwork(ops, name, out);
    const backend = await selectBackend('wasm');
    const model = openModel(out, root);
    const input = await openPictureInput(model, { backend, bundleFolder });
    const pixels = samples.flatMap((one) => [...fitImage(imageOf(one), input.shape)]);
    const prepared = input.prepare(Uint8Array.from(pixels), samples.length);
    input.dispose();
    // What the layers of the description make is what those of the network made, but for float16.
    if (description.input.kind !== 'features') throw new Error(name);
    const { mean, deviation } = description.input;
    const width = mean.length;
    prepared.forEach((x, i) => {
      const own = x * deviation[i % width]! + mean[i % width]!;
      expect(Math.abs(own - features[i]!)).toBeLessThan(1e-3 * Math.max(0.1, Math.abs(own)));
    });
    const exact = features.map((x, i) => (x - mean[i % width]!) / deviation[i % width]!);
    const running = runModel(backend.ops, model);
    const all = probabilitiesOf(description, running.logits(exact, samples.length));
    running.dispose();
    const C = description.classes.length;
    const probabilities = samples.map((_, i) => [...all.subarray(i * C, (i + 1) * C)]);
    // One class for all would agree whatever the pictures are.
    expect(new Set(probabilities.map((row) => row.indexOf(Math.max(...row)))).size).toBeGreaterThan(
      1,
    );
    writeFileSync(join(out, 'case.json'), JSON.stringify({ samples, probabilities }));
  });
});

const allBelow = (
  differences: Readonly<Record<string, number>>,
  names: readonly string[],
): void => {
  expect(Object.keys(differences).sort()).toEqual([...names].sort());
  for (const [name, difference] of Object.entries(differences))
    expect(difference, name).toBeLessThan(isRounded(name) ? frozenTolerance : tolerance);
};

describe('the code of an exported model', () => {
  it('gives the same probabilities in Node', async () => {
    const names = [...Object.keys(cases), ...networkNames];
    allBelow(await differencesInNode(exports, names), names);
  });

  it.skipIf(noKeras !== null)(
    noKeras ?? 'gives the same probabilities in Keras',
    async () => {
      if ('missing' in keras) return;
      const script = join(import.meta.dirname, 'check_exported_models.py');
      // Those whose code differs: the others have other weights alone, which Node has read already.
      const names = [...Object.keys(cases), ...networkNames].filter(
        (name) => !/^(scaled|distances)/.test(name),
      );
      const folder = join(root, 'files');
      const pictureFiles = writePictures(folder);
      for (const name of ofPictures) {
        const { found } = await predicted(join(exports, name), folder);
        writeFileSync(join(exports, name, 'files.json'), JSON.stringify(found));
      }
      const text = await run(keras.python, ['-W', 'ignore', script, exports, ...names], {
        ...keras.env,
        ...{ PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
        OMP_NUM_THREADS: '1',
      });
      const { differences, files, refusal } = JSON.parse(text) as {
        differences: Record<string, number>;
        files: Record<string, Record<string, number>>;
        refusal: string;
      };
      allBelow(differences, names);
      expect(Object.keys(files)).toEqual(ofPictures);
      for (const [name, own] of Object.entries(files)) {
        expect(Object.keys(own).sort()).toEqual(pictureFiles);
        // Narrow networks have small features, of which float16 leaves less than of real ones.
        const most = name === 'convolutions' ? tolerance : 3e-3;
        for (const [file, difference] of Object.entries(own))
          expect(difference, `${name}, ${file}`).toBeLessThan(most);
      }
      expect(refusal).toContain('names 4 classes');
    },
    600_000,
  );
});
