/**
 * What the native runtime is made of. tfjs-node's own installer fetches TensorFlow 2.9 from a
 * bucket that refuses many users; the Python wheel of TensorFlow carries the same C library, a
 * current one, on a registry that is reachable wherever pip is. Only what was tried stands here: a
 * platform without a row trains on WebAssembly.
 */
export const tensorflowVersion = '2.21.0';

export const wheels = {
  'linux-x64': {
    package: 'tensorflow-cpu',
    pip: ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
    platform: 'manylinux_2_27_x86_64',
    glibcMinor: 27,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    bytes: 273_829_956,
  },
};

/** Libraries taken from the wheel, and the headers the addon's sources include. */
export const wheelParts = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tsl/platform/',
  'tensorflow/include/xla/tsl/c/',
];

export const runtimeFiles = [
  'tfjs_binding.node',
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
];
