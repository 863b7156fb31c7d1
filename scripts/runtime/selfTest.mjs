/**
 * Run in a process of its own with the addon's path: a library that cannot be loaded, or computes
 * wrongly, must not take the setup down with it. Exit 0 when the addon loads, multiplies matrices
 * and gives the gradient of a convolution.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const binding = createRequire(import.meta.url)(path.resolve(process.argv[2] ?? ''));
const float = binding.TF_FLOAT;
const typed = (value, name = 'T') => ({ name, type: binding.TF_ATTR_TYPE, value });
const flag = (name, value) => ({ name, type: binding.TF_ATTR_BOOL, value });
const ints = (name, value) => ({ name, type: binding.TF_ATTR_INT, value });
const text = (name, value) => ({ name, type: binding.TF_ATTR_STRING, value });

const tensor = (shape, values) => binding.createTensor(shape, float, Float32Array.from(values));

const expect = (what, op, attributes, inputs, values) => {
  const [output] = binding.executeOp(op, attributes, inputs, 1);
  const got = Array.from(binding.tensorDataSync(output.id));
  const near = got.length === values.length && got.every((x, i) => Math.abs(x - values[i]) < 1e-5);
  if (!near) throw new Error(`${what}: expected ${values}, got ${got}`);
};

// [1 2; 3 4] · [5 6; 7 8], by hand
expect(
  'matrix product',
  'MatMul',
  [flag('transpose_a', false), flag('transpose_b', false), typed(float)],
  [tensor([2, 2], [1, 2, 3, 4]), tensor([2, 2], [5, 6, 7, 8])],
  [19, 22, 43, 50],
);

// x = 1…9 as a 3×3 picture, 2×2 filter, no padding, dy = [1 2; 3 4]: dw[i,j] = Σ dy[a,b]·x[a+i,b+j],
// so dw[0,0] = 1·1 + 2·2 + 3·4 + 4·5 = 37, and a step right or down adds 10 or 30.
expect(
  'convolution gradient',
  'Conv2DBackpropFilter',
  [
    typed(float),
    ints('strides', [1, 1, 1, 1]),
    text('padding', 'VALID'),
    text('data_format', 'NHWC'),
    flag('use_cudnn_on_gpu', false),
    ints('dilations', [1, 1, 1, 1]),
  ],
  [
    tensor([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    binding.createTensor([4], binding.TF_INT32, Int32Array.from([2, 2, 1, 1])),
    tensor([1, 2, 2, 1], [1, 2, 3, 4]),
  ],
  [37, 47, 67, 77],
);
console.log('ok');
