import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import { nodeInput } from './nodeInput';
import { sampleKind, shapeInto } from './sampleKind';

const head = `
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';

const read = (name) => readFileSync(new URL(name, import.meta.url));

/** Classes, input and correction. */
export const settings = JSON.parse(read('./${modelFiles.description}'));
const { classes, input, output } = settings;
`;

const loading = `
/** The trained model, which gives logits. Refuses one of other classes or another input. */
export const loadModel = async () => {
  const { modelTopology, weightsManifest } = JSON.parse(read('./${modelFiles.tfjsTopology}'));
  const [{ paths, weights }] = weightsManifest;
  const bytes = Buffer.concat(paths.map((path) => read(\`./\${path}\`)));
  const weightData = new Uint8Array(bytes).buffer;
  const model = await tf.loadLayersModel({
    load: async () => ({ modelTopology, weightSpecs: weights, weightData }),
  });
  const [, ...shape] = model.inputs[0].shape;
  const found = [...shape, model.outputs[0].shape.at(-1)].join(' ');
  const wanted = [...inputShape, classes.length].join(' ');
  if (found !== wanted)
    throw new Error(\`${modelFiles.description} is of another model: \${wanted}, not \${found}\`);
  return model;
};
`;

const scoring = `
/** Probabilities of one item after the correction that the model was scored with. */
const probabilitiesOf = (logits) => {
  const scores = logits.map((z, j) => {
    const own = output.classes[classes[j]];
    return own === null ? -Infinity : own.scale * z + own.offset;
  });
  if (output.activation === 'sigmoid') return scores.map((z) => 1 / (1 + Math.exp(-z)));
  const largest = Math.max(...scores);
  const powers = scores.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** Probabilities [items][classes], in the order of settings.classes, of samples as prepare takes them. */
export const predict = (model, samples) => {
  const rows = tf.tidy(() => {
    const x = tf.tensor(prepare(samples), [samples.length, ...inputShape]);
    return model.predict(x).arraySync();
  });
  return rows.map(probabilitiesOf);
};

/** The labels of one item: the most probable class, or all that reach their threshold. */
export const labelsOf = (probabilities) => {
  const { thresholds } = output;
  if (thresholds === null) return [classes[probabilities.indexOf(Math.max(...probabilities))]];
  return classes.filter((name, j) => probabilities[j] >= thresholds[name]);
};

const main = async (paths) => {
  const model = await loadModel();
  for (const path of paths)
    for await (const [name, sample] of readSamples(path)) {
      const [row] = predict(model, [sample]);
      const probabilities = Object.fromEntries(classes.map((own, j) => [own, row[j]]));
      console.log(JSON.stringify({ path: name, labels: labelsOf(row), probabilities }));
    }
};

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2));
`;

/** A module for Node that loads a model with TensorFlow.js, and prepares and scores samples. */
export const nodeModule = (model: ExportedModel): string => {
  const { code, usage } = nodeInput[sampleKind(model.input)];
  const shape = `/** What goes in, without the batch axis. */\nconst inputShape = [${shapeInto(model).join(', ')}];\n`;
  return `// A model trained with Longtail, for TensorFlow.js in Node: its weights, input and correction.
//
//     npm install && node ${modelFiles.node} ${usage}
//
// Classes, input and correction stand in ${modelFiles.description}.
${[head, shape, loading, code, scoring].join('')}`;
};

/** What the module needs, for \`npm install\`. */
export const nodePackage = ({ input }: ExportedModel): string => {
  const { packages } = nodeInput[sampleKind(input)];
  const dependencies = { '@tensorflow/tfjs': '4.22.0', ...packages };
  return `${JSON.stringify({ private: true, type: 'module', dependencies }, null, 2)}\n`;
};
