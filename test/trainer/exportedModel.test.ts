import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { modelCode } from '../../src/exporters/model';
import { writeModelPosthoc } from '../../src/host/outputs/keepSetting';
import { calibrationOfConfidences } from '../../src/methods/metrics';
import { topOfRows } from '../../src/methods/softmax';
import type { ItemKind, PredictedItem } from '../../src/protocol/modelJob';
import { createRun, readReport } from '../../src/run/runStore';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import { exportModel } from '../../src/trainer/finished/exportModel';
import { openModel } from '../../src/trainer/finished/finishedModel';
import { runModel } from '../../src/trainer/finished/logits';
import { predict } from '../../src/trainer/finished/predict';
import { openPictureInput } from '../../src/trainer/finished/pictureInput';
import { probabilitiesOf } from '../../src/trainer/finished/scores';
import { readNpz } from '../../src/trainer/npz';
import { runSession } from '../../src/trainer/session';
import { writeProblems } from './repeatProblems';
import { createBench, trainerPath, type Recipe } from './runs';

const root = mkdtempSync(join(tmpdir(), 'longtail-exported-'));
const exports = join(root, 'exports');
const keras = await ensurePythonEnv('keras');
const noKeras = 'missing' in keras ? `skipped: ${keras.missing}` : null;
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Items that go through the written code. */
const few = 5;
const tolerance = 1e-5;
const optimizer = 'optimizer: { learningRate: 0.05, batchSize: 32 }';
const stage = (more: string): string => `{ name: s, epochs: 1, ${more}, ${optimizer} }`;
const plain = `{ name: train, epochs: 2, ${optimizer} }`;
const mlp = '{ kind: mlp, hidden: [16] }';
const second = (more: string): readonly string[] => [plain, stage(more)];

/** What a report can measure: every kind of network, head and correction, each on its dataset. */
const cases: Readonly<Record<string, Recipe & { readonly on?: 'table' | 'labels' | 'texts' }>> = {
  adjusted: {
    model: '{ kind: resnet-8, width: 4 }',
    posthoc: '{ kind: logit-adjustment, tau: 1.5 }',
  },
  branches: { model: '{ kind: bbn, width: 4 }' },
  convolutions: {
    model: '{ kind: small-cnn, width: 4 }',
    posthoc: '{ kind: thresholds, at: { a: 0.5, b: 0.2, c: 0.04 } }',
  },
  retrained: {
    model: mlp,
    stages: second('trainable: classifier, init: again, classifier: { kind: cosine, scale: 9 }'),
  },
  layered: { model: '{ kind: linear, classifier: { kind: mlp, hidden: [9] } }' },
  scaled: { model: mlp, stages: second('trainable: scale') },
  'scaled-norms': {
    model: mlp,
    stages: second('trainable: classifier-and-scale'),
    posthoc: '{ kind: tau-norm, tau: 0.7 }',
  },
  means: { model: mlp, posthoc: '{ kind: nearest-mean }' },
  distances: { model: mlp, posthoc: '{ kind: nearest-mean, variant: l2 }' },
  thresholds: {
    on: 'table',
    model: mlp,
    posthoc: '{ kind: thresholds, metric: f1 }',
    input: 'input: { kind: tabular }',
  },
  labels: {
    on: 'labels',
    model: mlp,
    stages: [stage('loss: { kind: sigmoid }')],
    posthoc: '{ kind: thresholds, metric: f1 }',
    input: 'input: { kind: tabular }',
  },
  texts: {
    on: 'texts',
    model: '{ kind: linear }',
    input: 'input: { kind: text, text: { ngrams: 2, features: 256 } }',
  },
};

/** The rows of a CSV without quotes, by column. */
const rowsOf = (csv: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])),
  );
};

/** Samples of an index as the written code takes them. */
const samplesOf = (dataset: string, on: string | undefined, rows: readonly number[]): unknown[] => {
  if (on === undefined) {
    const index = scanDatasetSync(nodeFileSource, dataset);
    return rows.map((row) => {
      const { width, height, data } = decode(readFileSync(join(dataset, index.locator(row).path)));
      return { width, height, channels: 1, data: [...data] };
    });
  }
  const all = rowsOf(join(dataset, 'data.csv'));
  return rows.map((row) => (on === 'texts' ? all[row]?.['body'] : all[row]));
};

/** Samples as a file that has no labels, in another order of columns and with one nobody knows. */
const withoutLabels = (samples: readonly unknown[], on: string): string =>
  samples
    .map((sample, i) =>
      JSON.stringify(
        on === 'texts'
          ? { id: i, body: sample }
          : Object.fromEntries(
              Object.entries({ id: i, ...(sample as object) })
                .filter(([column]) => column !== 'label')
                .reverse(),
            ),
      ),
    )
    .join('\n');

interface Made {
  readonly folder: string;
  readonly out: string;
  readonly store: string;
  readonly dataset: string;
}
const made = new Map<string, Made>();
const of = (name: string): Made => {
  const found = made.get(name);
  if (found === undefined) throw new Error(`no run ${name}`);
  return found;
};

/** What a run says of a file, all classes of each row. */
const predicted = async (name: string, path: string) => {
  const { folder, store } = of(name);
  const found: PredictedItem[] = [];
  let kind: ItemKind | null = null;
  await predict(
    { kind: 'predict', model: folder, storeFolder: store, path, top: 9, batch: 7 },
    {
      ...{ shouldStop: () => false, bundleFolder: '', backend: 'wasm' },
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
  const problems = writeProblems(root);
  const backend = 'wasm';
  for (const [name, { on, ...recipe }] of Object.entries(cases)) {
    const dataset = on === undefined ? problems.pictures : problems[on];
    const bench = createBench(join(root, 'bench'), dataset);
    const configPath = bench.writeConfig(name, { stages: [plain], backend, ...recipe });
    const { folder } = createRun({
      ...{ store: bench.store, folder: join(root, 'runs', name), title: name },
      ...{ configPath, datasetRoot: dataset },
    });
    // In this process: starting one for each would take longer than all of the training.
    await runSession(
      {
        ...{ runFolder: folder, configPath, resume: false, baseline: 'skip' },
        ...{ storeFolder: bench.store, cacheFolder: bench.cacheFolder },
      },
      {
        shouldStop: () => false,
        breathe: () => Promise.resolve(),
        onAppend: () => undefined,
        bundleFolder: dirname(trainerPath),
      },
    );
    made.set(name, { folder, store: bench.store, out: join(exports, name), dataset });
  }
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
      const input = await openPictureInput(model, { backend, bundleFolder: '' });
      const pixels = Uint8Array.from(samples.flatMap((one) => (one as { data: number[] }).data));
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
      const { found, kind } = await predicted(name, path);
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

    await exportModel({ kind: 'export', model: folder, storeFolder: store, out });
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

/** A line that the code for Node prints. */
interface Printed {
  readonly path: string;
  readonly labels: readonly string[];
  readonly probabilities: Readonly<Record<string, number>>;
}

/** A line that the shell prints. */
interface Predicted {
  readonly path: string;
  readonly labels: readonly string[];
  readonly guesses: readonly { readonly name: string; readonly probability: number }[];
  readonly folder: string | null;
  readonly agrees: boolean | null;
}

/** The library as a package: what `@tensorflow/tfjs` is, without its backends of browsers. */
const writeLibrary = async (): Promise<void> => {
  const modules = join(exports, 'node_modules');
  mkdirSync(join(modules, '@tensorflow'), { recursive: true });
  await build({
    stdin: {
      contents: `import '@tensorflow/tfjs-backend-cpu';
export * from '@tensorflow/tfjs-core';
export { loadLayersModel } from '@tensorflow/tfjs-layers';`,
      resolveDir: process.cwd(),
    },
    outfile: join(modules, '@tensorflow', 'tfjs', 'index.mjs'),
    ...{ bundle: true, format: 'esm', platform: 'node', mainFields: ['module', 'main'] },
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(
    join(modules, '@tensorflow', 'tfjs', 'package.json'),
    JSON.stringify({ name: '@tensorflow/tfjs', main: 'index.mjs' }),
  );
  for (const name of ['fast-png', '@jsquash', 'iobuffer', 'fflate', 'pako'])
    symlinkSync(resolve('node_modules', name), join(modules, name));
};

const run = async (command: string, args: readonly string[], env = {}): Promise<string> =>
  (
    await promisify(execFile)(command, [...args], {
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
    })
  ).stdout;

const predictInShell = (...args: readonly string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    execFile(
      process.execPath,
      [join(dirname(trainerPath), 'cli.js'), 'predict', ...args],
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

const allBelow = (
  differences: Readonly<Record<string, number>>,
  names: readonly string[] = Object.keys(cases),
): void => {
  expect(Object.keys(differences).sort()).toEqual([...names].sort());
  for (const [name, difference] of Object.entries(differences))
    expect(difference, name).toBeLessThan(tolerance);
};

describe('the code of an exported model', () => {
  it('gives the same probabilities in Node', async () => {
    await writeLibrary();
    const script = join(exports, 'check.mjs');
    writeFileSync(
      script,
      `import { readFileSync } from 'node:fs';
const differences = {};
for (const name of ${JSON.stringify(Object.keys(cases))}) {
  const { loadModel, predict } = await import(\`./\${name}/longtailModel.mjs\`);
  const { samples, probabilities } = JSON.parse(readFileSync(new URL(\`./\${name}/case.json\`, import.meta.url)));
  const got = predict(await loadModel(), samples);
  differences[name] = Math.max(...probabilities.flatMap((row, i) => row.map((p, j) => Math.abs(p - got[i][j]))));
}
console.log(JSON.stringify(differences));`,
    );
    allBelow(JSON.parse(await run(process.execPath, [script])) as Record<string, number>);
  });

  it('reads a folder of pictures of other sizes as the shell does, which says what it could not', async () => {
    const { out, dataset } = of('convolutions');
    const folder = join(root, 'mixed');
    const pictures = [join(folder, 'a', 'own.png'), join(folder, 'other', 'photo.jpg')];
    const photo = 'celeba-csv/data/img_align_celeba/img_align_celeba/000001.jpg';
    for (const way of ['a', 'other']) mkdirSync(join(folder, way), { recursive: true });
    copyFileSync(join(dataset, 'test', 'a', '000.png'), pictures[0]!);
    copyFileSync(resolve('test/fixtures/datasets', photo), pictures[1]!);
    writeFileSync(join(folder, 'broken.png'), 'no picture');
    writeFileSync(join(folder, 'notes.txt'), '');
    const lines = (await run(process.execPath, [join(out, 'longtailModel.mjs'), ...pictures]))
      .trim()
      .split('\n');
    const wanted = lines.map((line) => JSON.parse(line) as Printed);
    expect(wanted.map(({ path }) => path)).toEqual(pictures);

    const shell = await predictInShell(out, folder, '--format', 'json', '--top', '9');
    expect(shell.code).toBe(1);
    expect(shell.stderr).toContain('broken.png');
    const found = shell.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Predicted);
    expect(found.map(({ path, folder: own }) => [path, own])).toEqual([
      [pictures[0], 'a'],
      [pictures[1], null],
    ]);
    found.forEach(({ guesses, labels, agrees }, i) => {
      expect(labels).toEqual(wanted[i]!.labels);
      expect(agrees).toBe(i === 0 ? labels[0] === 'a' : null);
      for (const { name, probability } of guesses)
        expect(Math.abs(probability - wanted[i]!.probabilities[name]!)).toBeLessThan(tolerance);
    });
  });

  it('is not needed for rows: the shell reads them, and says which it left out', async () => {
    const { out } = of('thresholds');
    const path = join(root, 'new.csv');
    writeFileSync(path, 'place;size\nhere;1,5\nthere;\nhere;big\n"un;known"\n');
    const shell = await predictInShell(out, path, '--format', 'csv', '--top', '1');
    expect(shell.code).toBe(1);
    expect(shell.stderr).toContain('row 3 has “big” in column “size”');
    expect(shell.stderr).toContain('row 4 lost fields');
    const [header, ...lines] = shell.stdout.trim().split('\n');
    expect(header).toBe('path,row,labels,class_1,probability_1');
    expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
      [path, '1'],
      [path, '2'],
    ]);
  });

  it.skipIf(noKeras !== null)(
    noKeras ?? 'gives the same probabilities in Keras',
    async () => {
      if ('missing' in keras) return;
      const script = join(import.meta.dirname, 'check_exported_models.py');
      // Those whose code differs: the others have other weights alone, which Node has read already.
      const names = Object.keys(cases).filter((name) => !/^(scaled|distances)/.test(name));
      const text = await run(keras.python, ['-W', 'ignore', script, exports, ...names], {
        ...keras.env,
        ...{ PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
        OMP_NUM_THREADS: '1',
      });
      const { differences, refusal } = JSON.parse(text) as {
        differences: Record<string, number>;
        refusal: string;
      };
      allBelow(differences, names);
      expect(refusal).toContain('names 4 classes');
    },
    600_000,
  );
});
