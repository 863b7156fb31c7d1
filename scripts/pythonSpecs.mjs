import os from 'node:os';

/** What each environment holds, and a line of Python that only works in a whole one. */
export const specs = {
  duckdb: {
    packages: ['duckdb==2.0.0'],
    proof: 'import duckdb; print("duckdb", duckdb.__version__)',
  },
  keras: {
    packages: [
      'keras==3.15.1',
      `${os.platform() === 'linux' ? 'tensorflow-cpu' : 'tensorflow'}==2.21.0`,
      // What exported models open pictures with.
      'pillow==13.0.0',
    ],
    proof:
      'import keras, numpy, PIL; print("keras", keras.__version__, keras.ops.sum(numpy.ones(3)))',
  },
  torch: {
    packages: ['torch==2.9.1', 'numpy'],
    proof:
      'import torch; print("torch", torch.__version__, torch.softmax(torch.zeros(2), 0).sum().item())',
    debian: ['python3-torch'],
  },
  pandas: {
    packages: ['pandas==2.3.3', 'scikit-learn==1.7.2'],
    proof:
      'import pandas, sklearn; print("pandas", pandas.__version__, "scikit-learn", sklearn.__version__)',
  },
  tabular: {
    packages: [
      'scikit-learn==1.7.2',
      'imbalanced-learn==0.14.2',
      // The same without CUDA, which Linux wheels have inside.
      `${os.platform() === 'linux' ? 'xgboost-cpu' : 'xgboost'}==3.2.0`,
      'lightgbm==4.6.0',
    ],
    proof:
      'import sklearn, imblearn, xgboost, lightgbm; print("scikit-learn", sklearn.__version__, "imbalanced-learn", imblearn.__version__, "XGBoost", xgboost.__version__, "LightGBM", lightgbm.__version__)',
  },
  transformers: {
    packages: ['torch==2.9.1', 'numpy', 'transformers==4.48.3', 'accelerate==1.0.1'],
    proof:
      'import accelerate, torch, transformers; print("transformers", transformers.__version__, "torch", torch.__version__)',
    debian: ['python3-torch'],
    wheels: [
      ...['transformers==4.48.3', 'accelerate==1.0.1', 'tokenizers==0.21.0'],
      ...['huggingface-hub==0.27.1', 'safetensors==0.4.5', 'regex==2024.11.6'],
      ...['filelock==4.3.1', 'fsspec==2026.9.0', 'packaging==26.4', 'pyyaml==6.0.4'],
      ...['requests==2.34.2', 'urllib3==2.8.0', 'idna==3.20', 'certifi==2026.10.19.post1'],
      ...['charset-normalizer==3.5.3', 'tqdm==4.70.1', 'psutil==7.2.2'],
    ],
  },
  vision: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', 'timm==0.6.13'],
    proof:
      'import timm, torchvision; print("torchvision", torchvision.__version__, "timm", timm.__version__)',
    debian: ['python3-torchvision', 'python3-yaml'],
    // Without what it only needs to fetch weights from its hub.
    wheels: ['timm==0.6.13'],
  },
};

/** What MMEngine and Ultralytics import, without PyTorch. */
const mmengine = [
  'mmengine==0.10.7',
  ...['addict', 'yapf', 'rich', 'termcolor', 'platformdirs', 'pygments', 'markdown-it-py', 'mdurl'],
];
const drawing = [
  // The last ones that Debian's NumPy 1.24 does for.
  ...['matplotlib==3.9.4', 'contourpy==1.3.0', 'cycler', 'kiwisolver', 'packaging', 'pyparsing'],
  ...['python-dateutil', 'six', 'fonttools', 'opencv-python-headless==5.0.0.93'],
];
const ultralytics = ['ultralytics==8.4.190', 'ultralytics-thop', 'psutil', 'polars'];
/** MMCV without its compiled operators, for which no wheel is to be had, and what stands on it. */
const openmmlab = [
  ...['mmcv-lite==2.1.0', 'mmpretrain==1.2.0', 'mmdet==3.3.0', 'einops==0.8.2', 'mat4py==0.6.0'],
  ...['model-index==0.1.11', 'importlib-metadata==8.5.0', 'zipp==3.20.2', 'ordered-set==4.1.0'],
  ...['click==8.1.8', 'markdown==3.7', 'pycocotools==2.0.8', 'terminaltables==3.1.10'],
  ...['tqdm==4.67.1', 'scipy==1.11.4', 'shapely==2.0.6'],
];
const detectron2 = [
  ...['pycocotools==2.0.8', 'termcolor', 'portalocker==2.10.1', 'yacs==0.1.8', 'tabulate==0.9.0'],
  ...['cloudpickle==3.1.1', 'omegaconf==2.3.0', 'hydra-core==1.3.2', 'tqdm==4.67.1'],
];
Object.assign(specs, {
  openmmlab: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', 'pyyaml', ...mmengine, ...openmmlab],
    proof:
      'import mmengine, mmpretrain, mmdet.version; print("mmpretrain", mmpretrain.__version__, "mmdet", mmdet.version.__version__, "mmengine", mmengine.__version__)',
    debian: ['python3-torchvision', 'python3-yaml'],
    wheels: [...mmengine, ...drawing, ...openmmlab],
  },
  detectron2: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', 'pyyaml', ...detectron2, ...drawing],
    proof: 'import detectron2, fvcore, torchvision; print("detectron2", detectron2.__version__)',
    debian: ['python3-torchvision', 'python3-yaml'],
    wheels: [...detectron2, ...drawing],
    // Plain Python of which there are only source packages.
    sources: [...['fvcore==0.1.5.post20221221', 'iopath==0.1.9', 'antlr4-python3-runtime==4.9.3']],
    // Its authors publish no package. This one has the Python files of their tag v0.6, byte for byte.
    unpacked: {
      requirement: 'pb1-detectron2==0.6',
      sha256: '5d2e9e51e523ec72f6a31cca04b0a515492e9514b773a3d134cedc0677170b29',
      folder: 'detectron2',
    },
  },
  ultralytics: {
    packages: ['torch==2.9.1', 'torchvision==0.24.1', 'numpy', ...ultralytics, ...drawing],
    proof: 'import ultralytics, ultralytics.models; print("ultralytics", ultralytics.__version__)',
    debian: ['python3-torchvision', 'python3-yaml', 'python3-requests'],
    wheels: [...ultralytics, ...drawing],
  },
});
