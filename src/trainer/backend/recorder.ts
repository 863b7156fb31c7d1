import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writing } from '../../common/writing';
import { encodeSavedModel, graphTag, outputName, type GraphNode, type Output } from './graphDef';
import type { Recorder, Recording, Tensor } from './types';

/** What is noted while operations run: a graph that grows, and which handle is which output. */
interface Tape {
  readonly nodes: GraphNode[];
  readonly outputs: Map<number, Output>;
}

/** The addon with ears: while there is a tape, what is made and run is noted on it. */
interface ListeningBinding {
  readonly binding: TFJSBinding;
  listen(tape: Tape | null): void;
}

const bytesOf = (values: unknown): Uint8Array => {
  if (!ArrayBuffer.isView(values)) throw new TypeError('only numbers can be recorded');
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
};

/** Wraps the addon. Without a tape every call goes straight through. */
export const listenTo = (addon: TFJSBinding): ListeningBinding => {
  let tape: Tape | null = null;
  const inputOf = ({ outputs }: Tape, id: number): Output => {
    const found = outputs.get(id);
    if (found === undefined) throw new RangeError('a recording used a tensor it was not told of');
    return found;
  };
  const binding: TFJSBinding = Object.create(addon, {
    createTensor: {
      value: (...args: Parameters<TFJSBinding['createTensor']>) => {
        const id = addon.createTensor(...args);
        if (tape !== null) {
          const [shape, dtype, values] = args;
          tape.outputs.set(id, { node: tape.nodes.length, index: 0 });
          tape.nodes.push({ kind: 'constant', dtype, shape: [...shape], bytes: bytesOf(values) });
        }
        return id;
      },
    },
    executeOp: {
      value: (...args: Parameters<TFJSBinding['executeOp']>) => {
        const made = addon.executeOp(...args);
        if (tape !== null) {
          const [name, attributes, ids] = args;
          const heard = tape;
          const inputs = ids.map((id) => inputOf(heard, id));
          for (const [index, { id }] of made.entries())
            heard.outputs.set(id, { node: heard.nodes.length, index });
          heard.nodes.push({ kind: 'operation', name, attributes, inputs });
        }
        return made;
      },
    },
  }) as TFJSBinding;
  return {
    binding,
    listen: (next) => {
      tape = next;
    },
  };
};

/** The parts of the backend that its type keeps to itself. */
interface Inside {
  getInputTensorIds(tensors: readonly Tensor[]): number[];
  createOutputTensor(made: { id: number; shape: number[]; dtype: number }): Tensor;
}

const loadGraph = (binding: TFJSBinding, nodes: readonly GraphNode[]): number => {
  const folder = writing(os.tmpdir(), () =>
    fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-graph-')),
  );
  try {
    const model = path.join(folder, 'saved_model.pb');
    writing(model, () => fs.writeFileSync(model, encodeSavedModel(binding, nodes)));
    return binding.loadSavedModel(folder, graphTag);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
};

/** Records operations of the backend and runs them again as TensorFlow graphs. */
export const createRecorder = (
  backend: NodeJSKernelBackend,
  listening: ListeningBinding,
): Recorder => {
  const { binding } = listening;
  const inside = backend as object as Inside;
  const idOf = (tensor: Tensor): number => inside.getInputTensorIds([tensor])[0] ?? -1;

  return {
    record: (inputs, work) => {
      const tape: Tape = { nodes: [], outputs: new Map() };
      for (const input of inputs) {
        tape.outputs.set(idOf(input), { node: tape.nodes.length, index: 0 });
        tape.nodes.push({ kind: 'placeholder', dtype: binding.TF_FLOAT, shape: input.shape });
      }
      const outputOf = (tensor: Tensor): Output => {
        const found = tape.outputs.get(idOf(tensor));
        if (found === undefined) throw new RangeError('the tensor was not made in this recording');
        return found;
      };
      let session: number | null = null;
      const recording: Recording = {
        place: () => tape.nodes.length,
        needs: (place, outputs) => {
          const found = new Map<string, Output>();
          const seen = new Set<number>();
          const visit = (output: Output): void => {
            const node = tape.nodes[output.node];
            if (node?.kind === 'constant') return;
            if (output.node < place) found.set(outputName(output), output);
            else if (node?.kind === 'operation' && !seen.has(output.node)) {
              seen.add(output.node);
              for (const input of node.inputs) visit(input);
            }
          };
          for (const output of outputs) visit(output);
          return [...found.values()];
        },
        callable: (from, to) => {
          const names = { from: from.map(outputName).join(), to: to.map(outputName).join() };
          return (tensors) => {
            session ??= loadGraph(binding, tape.nodes);
            const ids = inside.getInputTensorIds(tensors);
            return binding
              .runSavedModel(session, ids, names.from, names.to)
              .map((made) => inside.createOutputTensor(made));
          };
        },
        dispose: () => {
          if (session !== null) binding.deleteSavedModel(session);
          session = null;
        },
      };
      listening.listen(tape);
      try {
        return { recording, result: work(outputOf, recording) };
      } finally {
        listening.listen(null);
      }
    },
  };
};
