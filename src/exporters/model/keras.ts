import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import { pythonText } from '../pythonModule';
import { kerasInput } from './kerasInput';
import { kerasNetwork } from './kerasLayers';
import { sampleKind } from './sampleKind';

const settings = `
FOLDER = pathlib.Path(__file__).resolve().parent
SETTINGS = json.loads((FOLDER / "${modelFiles.description}").read_text(encoding="utf-8"))
CLASSES, INPUT, OUTPUT = SETTINGS["classes"], SETTINGS["input"], SETTINGS["output"]
`;

const loading = `
def load_model():
    # The trained model. Refuses weights and classes that are not those of these layers.
    model = build_model()
    if model.output_shape[-1] != len(CLASSES):
        raise ValueError(f"${modelFiles.description} names {len(CLASSES)} classes, not {model.output_shape[-1]}")
    with np.load(FOLDER / "${modelFiles.weights}") as weights:
        for layer in model.layers:
            for weight in layer.weights:
                name = f"{layer.name}/{weight.name}"
                found = weights[name].shape if name in weights else None
                if found != tuple(weight.shape):
                    raise ValueError(f"${modelFiles.weights}: {name} should be {tuple(weight.shape)} and is {found}")
                weight.assign(weights[name])
    return model
`;

const scoring = `
def probabilities_of(logits):
    # Probabilities [items, classes] after the correction that the model was scored with.
    own = [OUTPUT["classes"][name] for name in CLASSES]
    scale = np.array([1 if one is None else one["scale"] for one in own])
    offset = np.array([-np.inf if one is None else one["offset"] for one in own])
    scores = np.asarray(logits, "float64") * scale + offset
    if OUTPUT["activation"] == "sigmoid":
        return 1 / (1 + np.exp(-scores))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predict(model, samples, batch_size=64):
    # Probabilities [items, classes], in the order of CLASSES, of samples as prepare takes them.
    logits = model.predict(prepare(samples), batch_size=batch_size, verbose=0)
    return probabilities_of(logits)


def labels_of(probabilities):
    # The labels of one item: the most probable class, or all that reach their threshold.
    thresholds = OUTPUT["thresholds"]
    if thresholds is None:
        return [CLASSES[int(np.argmax(probabilities))]]
    return [name for name, p in zip(CLASSES, probabilities) if p >= thresholds[name]]


def main(paths, batch_size=64):
    model = load_model()
    samples = (sample for path in paths for sample in read_samples(path))
    while batch := list(itertools.islice(samples, batch_size)):
        for (name, _), row in zip(batch, predict(model, [sample for _, sample in batch])):
            print(json.dumps({
                "path": name,
                "labels": labels_of(row),
                "probabilities": dict(zip(CLASSES, row.tolist())),
            }, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
`;

/** A module for Keras 3 that rebuilds a model, loads its weights, and prepares and scores samples. */
export const kerasModule = (model: ExportedModel): string => {
  const { code, imports, usage } = kerasInput[sampleKind(model.input)];
  const modules = [...imports, 'itertools', 'json', 'pathlib', 'sys'].sort();
  return pythonText([
    `# A model trained with Longtail, in Keras 3: its layers, weights, input and correction.
#
#     python ${modelFiles.python} ${usage}
#
# Classes, input and correction stand in ${modelFiles.description}, the weights in ${modelFiles.weights}.
`,
    modules.map((name) => `import ${name}`).join('\n'),
    '\nimport keras\nimport numpy as np\n',
    settings,
    '',
    kerasNetwork(model),
    '',
    loading,
    '',
    code,
    '',
    scoring,
  ]);
};
