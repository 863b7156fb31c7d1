import type { ExportedModel, ModelLayer } from '../../config/exportedModel/types';
import { literal } from '../python';
import { sampleKind, shapeInto } from './sampleKind';

type Layer<K extends ModelLayer['kind']> = Extract<ModelLayer, { kind: K }>;

const truth = (value: boolean): string => (value ? 'True' : 'False');

/** Helpers of the script, by the layer that asks for them. */
const helpers = {
  conv: `
def conv(x, name, filters, size=3, stride=1, padding="same", bias=False):
    layer = keras.layers.Conv2D(filters, size, stride, padding, use_bias=bias, name=name)
    return layer(x)
`,
  'batch-norm': `
def norm(x, name, epsilon, momentum):
    return keras.layers.BatchNormalization(epsilon=epsilon, momentum=momentum, name=name)(x)
`,
  relu: `
def relu(x, name):
    return keras.layers.ReLU(name=name)(x)
`,
  'max-pool': `
def max_pool(x, name, size, stride, padding):
    return keras.layers.MaxPooling2D(size, stride, padding, name=name)(x)
`,
  dense: `
def dense(x, name, units, bias=True):
    return keras.layers.Dense(units, use_bias=bias, name=name)(x)
`,
  block: `
def residual_block(x, name, filters, epsilon, momentum, stride=1, project=False, end=""):
    # Two 3 x 3 convolutions beside a shortcut; "end" is that of the names of one branch.
    y = conv(x, f"{name}_conv1{end}", filters, stride=stride)
    y = norm(y, f"{name}_bn1{end}", epsilon, momentum)
    y = relu(y, f"{name}_relu1{end}")
    y = conv(y, f"{name}_conv2{end}", filters)
    y = norm(y, f"{name}_bn2{end}", epsilon, momentum)
    shortcut = conv(x, f"{name}_project{end}", filters, size=1, stride=stride) if project else x
    x = keras.layers.Add(name=name + end)([y, shortcut])
    return relu(x, f"{name}_relu2{end}")
`,
} as const;

type Helper = keyof typeof helpers;

/** A block as `residual_block` makes it, with the ReLU behind it. */
const blockLike = (
  { name, end }: { readonly name: string; readonly end: string },
  first: Layer<'conv'>,
  norm: Layer<'batch-norm'>,
  project: boolean,
): readonly ModelLayer[] => {
  const { epsilon, momentum } = norm;
  const conv = (part: string, stride: number, size = 3): ModelLayer => ({
    ...{ kind: 'conv', name: `${name}_${part}${end}`, filters: first.filters, size, stride },
    ...{ padding: 'same', bias: false },
  });
  const bn = (part: string): ModelLayer => ({
    ...{ kind: 'batch-norm', name: `${name}_${part}${end}`, epsilon, momentum },
  });
  return [
    {
      kind: 'residual',
      name: `${name}${end}`,
      body: [
        conv('conv1', first.stride),
        bn('bn1'),
        { kind: 'relu', name: `${name}_relu1${end}` },
        conv('conv2', 1),
        bn('bn2'),
      ],
      shortcut: project ? [conv('project', first.stride, 1)] : [],
    },
    { kind: 'relu', name: `${name}_relu2${end}` },
  ];
};

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, own]) => [key, sorted(own)]),
        )
      : value;

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** The call of `residual_block` that makes a layer and the one behind it; null where it cannot. */
const blockCall = (layer: ModelLayer, next: ModelLayer | undefined): string | null => {
  if (layer.kind !== 'residual' || next === undefined) return null;
  const [first, norm] = layer.body;
  if (first?.kind !== 'conv' || norm?.kind !== 'batch-norm') return null;
  const [, name = '', end = ''] = /^(.*?)(_conventional|_rebalancing)?$/.exec(layer.name) ?? [];
  const project = layer.shortcut.length > 0;
  if (!same(blockLike({ name, end }, first, norm, project), [layer, next])) return null;
  const options = [
    ...(first.stride === 1 ? [] : [`stride=${first.stride}`]),
    ...(project ? ['project=True'] : []),
    ...(end === '' ? [] : [`end=${literal(end)}`]),
  ];
  const { epsilon, momentum } = norm;
  const own = [literal(name), first.filters, epsilon, momentum, ...options];
  return `x = residual_block(x, ${own.join(', ')})`;
};

/** Lines that make layers, one call a layer, and the helpers they use. */
const createWriter = () => {
  const used = new Set<Helper>();
  let places = 0;
  const call = (layer: ModelLayer): readonly string[] => {
    const name = literal(layer.name);
    switch (layer.kind) {
      case 'conv': {
        used.add('conv');
        const { filters, size, stride, padding, bias } = layer;
        const options = [
          ...(size === 3 ? [] : [`size=${size}`]),
          ...(stride === 1 ? [] : [`stride=${stride}`]),
          ...(padding === 'same' ? [] : [`padding=${literal(padding)}`]),
          ...(bias ? ['bias=True'] : []),
        ];
        return [`x = conv(x, ${[name, filters, ...options].join(', ')})`];
      }
      case 'batch-norm':
        used.add('batch-norm');
        return [`x = norm(x, ${name}, epsilon=${layer.epsilon}, momentum=${layer.momentum})`];
      case 'relu':
        used.add('relu');
        return [`x = relu(x, ${name})`];
      case 'max-pool': {
        used.add('max-pool');
        const { size, stride, padding } = layer;
        return [`x = max_pool(x, ${name}, ${size}, ${stride}, ${literal(padding)})`];
      }
      case 'global-average-pool':
        return [`x = keras.layers.GlobalAveragePooling2D(name=${name})(x)`];
      case 'flatten':
        return [`x = keras.layers.Flatten(name=${name})(x)`];
      case 'dense': {
        used.add('dense');
        const bias = layer.bias ? '' : `, bias=${truth(false)}`;
        return [`x = dense(x, ${name}, ${layer.units}${bias})`];
      }
      case 'residual': {
        const place = places++;
        return [
          `before_${place} = x`,
          ...lines(layer.body),
          `after_${place}, x = x, before_${place}`,
          ...lines(layer.shortcut),
          `x = keras.layers.Add(name=${name})([after_${place}, x])`,
        ];
      }
      case 'branches': {
        const place = places++;
        return [
          `shared_${place} = x`,
          ...lines(layer.first),
          `first_${place}, x = x, shared_${place}`,
          ...lines(layer.second),
          `x = keras.layers.Concatenate(name=${name})([first_${place}, x])`,
        ];
      }
    }
  };
  const lines = (layers: readonly ModelLayer[]): readonly string[] => {
    const made: string[] = [];
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i];
      if (layer === undefined) continue;
      const block = blockCall(layer, layers[i + 1]);
      if (block === null) made.push(...call(layer));
      else {
        for (const helper of ['conv', 'batch-norm', 'relu', 'block'] as const) used.add(helper);
        made.push(block);
        i++;
      }
    }
    return made;
  };
  const helperCode = (): string =>
    Object.entries(helpers)
      .filter(([helper]) => [...used].some((own) => own === helper))
      .map(([, code]) => code)
      .join('\n');
  return { lines, helperCode };
};

const centreClass = `
class Centre(keras.layers.Layer):
    # Takes the mean of the training features off.

    def build(self, shape):
        self.mean = self.add_weight(shape=(shape[-1],), name="mean", trainable=False)

    def call(self, x):
        return x - self.mean
`;

const frozenCode = `
def frozen(x, layers):
    # The frozen network, layer by layer as the description lists them.
    for layer in layers:
        name, activation = layer["name"], layer.get("activation", "none")
        activation = None if activation == "none" else activation
        if layer["kind"] == "residual":
            branches = [frozen(x, layer["body"]), frozen(x, layer["shortcut"])]
            x = keras.layers.Add(name=name)(branches)
            x = x if activation is None else keras.layers.Activation(activation)(x)
            continue
        size, stride, padding = layer["size"], layer["stride"], layer["padding"]
        if padding != "same":
            # So many zeros on every side; "same" puts the odd one after.
            x = keras.layers.ZeroPadding2D(padding)(x) if padding > 0 else x
            padding = "valid"
        if layer["kind"] == "max-pool":
            x = keras.layers.MaxPooling2D(size, stride, padding, name=name)(x)
        elif layer["depthwise"]:
            made = keras.layers.DepthwiseConv2D(size, stride, padding, activation=activation, name=name)
            x = made(x)
        else:
            made = keras.layers.Conv2D(layer["filters"], size, stride, padding, activation=activation, name=name)
            x = made(x)
    return x
`;

/** The function \`build_model\` of a network, and what it uses. */
export const kerasNetwork = (model: ExportedModel): string => {
  const { network, classes } = model;
  const writer = createWriter();
  const { head, layers } = network;
  const inputShape = shapeInto(model);
  const isFrozen = sampleKind(model.input) === 'frozen';
  const body = [
    `inputs = x = keras.Input((${inputShape.join(', ')}${inputShape.length === 1 ? ',' : ''}))`,
    ...(isFrozen
      ? [
          'x = frozen(x, INPUT["network"]["layers"])',
          'x = keras.layers.GlobalAveragePooling2D()(x)',
          '# Its features, standardised.',
          'x = keras.layers.BatchNormalization(epsilon=0, name="standardise")(x)',
        ]
      : []),
    ...writer.lines(layers),
    ...(head.centred ? ['x = Centre(name="centre")(x)'] : []),
    ...(head.unit ? ['x = keras.layers.UnitNormalization(name="unit")(x)'] : []),
    `x = keras.layers.Dense(${classes.length}, name="classifier")(x)`,
    'return keras.Model(inputs, x)',
  ];
  const parts = [
    head.centred ? `${centreClass}\n` : '',
    isFrozen ? `${frozenCode}\n` : '',
    writer.helperCode(),
  ];
  return `${parts.join('')}

def build_model():
    # The layers with fresh weights; gives logits, before any correction.
${body.map((line) => `    ${line}`).join('\n')}
`;
};
