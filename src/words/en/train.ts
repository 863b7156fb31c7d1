import type { Template } from '../say';

/** Why a backend does not start: an error where it was asked for by name, else part of a warning. */
const native = {
  none: 'The native runtime is not in {folder}: run “node scripts/setup.mjs --runtime-only” in a checkout to make it, or set backend to wasm.',
  disabled:
    'Native training is switched off ({variable} is set): unset that variable, or set backend to wasm.',
  broken:
    'The native runtime in {folder} cannot be used: {reason}. Delete that folder and make it anew with “node scripts/setup.mjs --runtime-only”, or set backend to wasm.',
  failed:
    'The native runtime in {folder} did not start: {reason}. Delete that folder and make it anew with “node scripts/setup.mjs --runtime-only”, or set backend to wasm.',
};
const wasmFailed =
  'WebAssembly did not start: {reason}. Reinstall the extension; with backend cpu, linear and mlp models train without it.';
const wasmMemory =
  'WebAssembly got no memory ({reason}). Close other programs or lift the limit on address space (ulimit -v); with backend cpu, linear and mlp models train without it.';
const onCpu = 'This run uses plain JavaScript instead.';
const onWasm = 'This run uses WebAssembly instead: the same training, several times slower.';

export const train: Readonly<Record<string, Template>> = {
  'train/loss-single':
    'The loss “{loss}” wants one label an item, and these data have several. Take a sigmoid loss.',
  'train/loss-multi':
    'The loss “{loss}” is for data with several labels an item, and these have one. Take cross-entropy or one of its relatives.',
  'train/weights-multi':
    'Class weights are for data with one label an item, and these have several. Take the sigmoid loss with positiveCap, or the distribution-balanced loss.',
  'train/title-plain': 'Plain baseline',
  'train/title-logit-adjusted': 'Logit-adjusted loss',
  'train/title-balanced-softmax': 'Balanced softmax',
  'train/title-vector-scaling': 'Vector-scaling loss',
  'train/title-class-temperature': 'Class-dependent temperatures',
  'train/title-ldam': 'LDAM loss',
  'train/title-focal': 'Focal loss',
  'train/title-label-smoothing': 'Label smoothing',
  'train/title-label-aware-smoothing': 'Label-aware smoothing',
  'train/title-sigmoid': 'Sigmoid loss',
  'train/title-sigmoid-focal': 'Sigmoid focal loss',
  'train/title-asymmetric': 'Asymmetric loss',
  'train/title-distribution-balanced': 'Distribution-balanced loss',
  'train/title-adjusted-sigmoid': 'Logit-adjusted sigmoid loss',
  'train/title-classifier': 'Retrained classifier',
  'train/title-scale': 'Learnable weight scaling',
  'train/title-classifier-and-scale': 'Retrained classifier with scaling',
  'train/title-head-linear': 'Linear classifier',
  'train/title-head-cosine': 'Cosine classifier',
  'train/title-head-mlp': 'Two-layer classifier',
  'train/title-bbn': 'Bilateral branches',
  'train/title-bias-init': 'Bias from the prior',
  'train/title-square-root': 'Square-root sampling',
  'train/title-class-balanced': 'Class-balanced sampling',
  'train/title-class-aware': 'Class-aware sampling',
  'train/title-progressive': 'Progressive sampling',
  'train/title-reversed': 'Reversed sampling',
  'train/title-power': 'Power sampling',
  'train/title-effective-number': 'Effective-number sampling',
  'train/title-repeat-factor': 'Repeat-factor sampling',
  'train/title-over': 'Over-sampling',
  'train/title-under': 'Under-sampling',
  'train/title-weights-inverse': 'Inverse class weights',
  'train/title-weights-inverse-sqrt': 'Square-root class weights',
  'train/title-weights-balanced': 'Balanced class weights',
  'train/title-weights-min-over-power': 'Cost-sensitive class weights',
  'train/title-weights-general': 'Class weights',
  'train/title-weights-effective-number': 'Effective-number class weights',
  'train/title-deferred': 'Deferred',
  'train/title-mixup': 'Mixup',
  'train/title-manifold-mixup': 'Manifold mixup',
  'train/title-remix': 'Remix',
  'train/title-tail-augment': 'Tail-class augmentation',
  'train/title-hard-examples': 'Hard-example mining',
  'train/title-logit-adjustment': 'Post-hoc logit adjustment',
  'train/title-tau-norm': 'Tau-normalised classifier',
  'train/title-nearest-mean': 'Nearest class mean',
  'train/title-thresholds': 'Moved thresholds',

  'train/config':
    '{path}, line {line}: {problem} Correct the file and start again; the other problems in it are listed by the editor.',
  'train/no-config':
    'There is no config at {path}. Create one from a profile, or name another file.',
  'train/task-unsupported':
    'Training here takes items with one label or several; {root} is for {task}. Its profile, advice and exporters work: export the config to a framework instead.',
  'train/modality-unsupported':
    'Training here takes pictures, tables and texts; {root} holds {modality}. Its profile, advice and exporters work: export the config to a framework instead.',
  'train/one-class': {
    one: 'Only one class is left to train on. A classifier needs two: check dataset.classes of the config, and that the training split has pictures of more than one class.',
    other:
      'Only {count} classes are left to train on. A classifier needs two: check dataset.classes of the config, and the training split.',
  },
  'train/split-missing':
    'dataset.splits.{part} of the config is “{name}”, but the dataset has no samples under that name. It has: {splits}.',
  'train/split-shares':
    'The shares held out for test ({test%}) and validation ({validation%}) leave nothing to train on. Lower one of them.',
  'train/no-test':
    'There is nothing to score on: every class has fewer than five samples, too few to hold any out. Add a test split.',
  'train/dataset-changed':
    'The dataset in {root} is not the one this run began with. Start a new run instead of resuming.',
  'train/dataset-rescan':
    'The dataset in {root} changed after it was scanned. Scan it again, look at its profile, and start the run anew.',
  'train/out-of-memory':
    'Memory ran out ({detail}). Set a smaller input.size or optimizer.batchSize in the config, or close other programs, and start a new run.',
  'train/no-readable-image':
    'None of the pictures of a split in {root} could be read ({count} failed). PNG and JPEG are read; see the issues for the first of them.',
  'train/unreadable-image': '{path} could not be read and is left out: {detail}',
  'train/unreadable-images': {
    one: '{count} picture could not be read and is left out.',
    other: '{count} pictures could not be read and are left out.',
  },
  'train/pixels-too-large':
    '{samples} pictures of {height} × {width} take {gigabytes} GB of memory, more than is used here. Set a smaller input.size in the config.',
  'train/decoder-died':
    'The picture decoder stopped: {detail}. The log of the run has the details.',
  'train/second-thread':
    'The second WebAssembly thread failed: {detail}. Resume the run: it goes on from its last checkpoint. If that happens again, start a new run with LONGTAIL_WASM_THREADS=1, on one thread.',
  'train/second-thread-ended':
    'The second WebAssembly thread ended in the middle of a batch, most likely for want of memory. Resume the run: it goes on from its last checkpoint. If that happens again, start a new run with LONGTAIL_WASM_THREADS=1, on one thread.',
  'train/column-left-out':
    'Column “{name}” is left out: it is empty, or text of more than 64 kinds.',
  'train/column-date':
    'Column “{name}” is left out: it holds dates. Where time matters, add numbers made of it (hour, weekday, days since).',
  'train/column-beside-text': 'Column “{name}” is left out: the texts are read from “{column}”.',
  'train/text-column':
    'input.text.column is “{column}”, which is no input column of the table. It has: {columns}.',
  'train/damaged-rows': {
    one: 'One row is left out: it has lost or gained fields.',
    other: '{count} rows are left out: they have lost or gained fields.',
  },
  'train/no-readable-row':
    'No row of the training or of the test split of {root} could be read: {count} have lost or gained fields. Check the delimiter and the quotes.',
  'train/no-columns':
    'No column of {root} can be used as an input. Numbers and texts of up to 64 kinds can.',
  'train/tune-without-validation':
    'posthoc.tau is “auto”, but validation is “none”: there is nothing to choose it on. Hold a share out, or give tau a number.',
  'train/no-stage': 'The config has no stage.',
  'train/cpu-conv':
    'The plain JavaScript backend would take most of a minute for one step of {model}, so it is refused. Use backend auto (native or WebAssembly), or a linear or mlp model.',
  'train/diverged':
    'The loss is no longer a number in stage “{stage}”, epoch {epoch}, at learning rate {learningRate}. Lower optimizer.learningRate (a tenth is a good try) or add warmupEpochs.',
  'train/resume-mismatch':
    'The checkpoint in {folder} is of another training: the config, the dataset, or the backend ({backend} now) changed. Start a new run.',
  'train/npz-too-large': '{path} would be over 4 GB. Use a model with fewer features.',
  'train/npz-damaged': '{path} cannot be read back. Delete that run and train again.',

  'backend/no-runtime': native.none,
  'backend/native-disabled': native.disabled,
  'backend/runtime-broken': native.broken,
  'backend/native-failed': native.failed,
  'backend/wasm-failed': wasmFailed,
  'backend/wasm-memory': wasmMemory,
  'backend/instead/no-runtime': `${native.none} ${onWasm}`,
  'backend/instead/native-disabled': `${native.disabled} ${onWasm}`,
  'backend/instead/runtime-broken': `${native.broken} ${onWasm}`,
  'backend/instead/native-failed': `${native.failed} ${onWasm}`,
  'backend/instead/wasm-failed': `${wasmFailed} ${onCpu}`,
  'backend/instead/wasm-memory': `${wasmMemory} ${onCpu}`,
  'model/weights':
    'The saved weights do not fit the model: {name} should be {expected} and is {found}. They are of another model or another set of classes.',

  'tau.fixed': 'The config gives tau.',
  'tau.fewItems':
    'tau stays 1: some class has fewer than 20 validation items, and tuning on so few loses more than it finds.',
  'tau.noDifference': 'tau stays 1: no other value is better on validation beyond chance.',
  'tau.tuned': 'tau was chosen on validation.',
  'tau.otherTarget': 'tau stays 1: the target shares are not uniform, so nothing is tuned.',

  'run/no-trainer':
    'The training program is missing at {path}. Build the project (npm run build) or reinstall the extension.',
  'run/no-run': 'There is no run in {folder} to go on with.',
  'run/not-there': 'There is no run in {folder}. Refresh the list of runs.',
  'run/still-running': 'That run is still training (process {pid}). Stop it first.',
  'run/version':
    'The training program speaks version {theirs} of the protocol, this side {ours}. Build both anew, or reload the window after an update.',
  'run/disk-full':
    'The disk is full: {path} could not be written. Free some space, then resume the run: it goes on from its last checkpoint.',
  'run/unwritable':
    '{path} may not be written. Give this user the right to write there, or name another folder (setting longtail.storePath, in a shell --out).',
  'run/silent':
    'The training process gave no sign of life for {seconds} seconds and was ended. Resume goes on from its last checkpoint.',
  'run/not-started': 'The training process could not be started: {detail}',
  'run/exited':
    'The training process ended by itself with code {code} before it was done. Resume goes on from its last checkpoint. Its last words: {stderr}',
  'run/killed':
    'The training process was ended by {signal} (the system does that when memory runs out: then close other programs or set a smaller input.size). Resume goes on from its last checkpoint. Its last words: {stderr}',
  'run/out-of-memory':
    'The training process ran out of memory and ended ({signal}). Close other programs, or start a new run with a smaller input.size or optimizer.batchSize; Resume goes on from the last checkpoint. Its last words: {stderr}',
  'run/crashed':
    'The training process crashed ({signal}), which points to the native runtime. Make it anew with “node scripts/setup.mjs --runtime-only” and resume, or start a new run with backend wasm. Its last words: {stderr}',
};
