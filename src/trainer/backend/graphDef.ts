import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding.js';
import { createProtoWriter, type ProtoWriter } from './protoWriter';
import type { Shape } from './types';

/** One output of a node. */
export interface Output {
  readonly node: number;
  readonly index: number;
}

export type GraphNode =
  | { readonly kind: 'placeholder'; readonly dtype: number; readonly shape: Shape }
  | {
      readonly kind: 'constant';
      readonly dtype: number;
      readonly shape: Shape;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly attributes: readonly TFEOpAttr[];
      readonly inputs: readonly Output[];
    };

/** Name of an output in a graph written here. */
export const outputName = ({ node, index }: Output): string => `n${node}:${index}`;

/** The only tag of the one graph in the file. */
export const graphTag = 'longtail';

/** What `saved_model.proto`, `graph.proto` and their kin call the fields. */
const savedModel = { version: 1, metaGraphs: 2 } as const;
const metaGraph = { info: 1, tags: 4, graph: 2 } as const;
const graphDef = { nodes: 1, versions: 4, producer: 1 } as const;
const nodeDef = { name: 1, op: 2, inputs: 3, attributes: 5, key: 1, value: 2 } as const;
const attrValue = { list: 1, text: 2, int: 3, float: 4, flag: 5, type: 6, shape: 7, tensor: 8 };
const listValue = { int: 3 } as const;
const tensorProto = { dtype: 1, shape: 2, content: 4 } as const;

/** A version of the graph format that every TensorFlow 2 reads with today's meaning. */
const producer = 1087;

const writeShape = (to: ProtoWriter, field: number, shape: Shape): ProtoWriter =>
  to.message(field, (proto) => {
    for (const size of shape) proto.message(2, (dimension) => dimension.int(1, size));
  });

/** A graph as the bytes of `saved_model.pb`. */
export const encodeSavedModel = (binding: TFJSBinding, nodes: readonly GraphNode[]): Uint8Array => {
  const writeValue = (to: ProtoWriter, { name, type, value }: TFEOpAttr): void => {
    if (Array.isArray(value) && type === binding.TF_ATTR_INT)
      to.message(attrValue.list, (items) => {
        for (const item of value as readonly number[]) items.int(listValue.int, item);
      });
    else if (typeof value === 'string') to.text(attrValue.text, value);
    else if (typeof value === 'boolean') to.int(attrValue.flag, Number(value));
    else if (typeof value === 'number' && type === binding.TF_ATTR_INT)
      to.int(attrValue.int, value);
    else if (typeof value === 'number' && type === binding.TF_ATTR_FLOAT)
      to.float(attrValue.float, value);
    else if (typeof value === 'number' && type === binding.TF_ATTR_TYPE)
      to.int(attrValue.type, value);
    else throw new TypeError(`the attribute ${name} of type ${type} cannot be recorded`);
  };
  const writeAttribute = (to: ProtoWriter, name: string, write: (value: ProtoWriter) => void) =>
    to.message(nodeDef.attributes, (entry) =>
      entry.text(nodeDef.key, name).message(nodeDef.value, write),
    );
  const writeNode = (to: ProtoWriter, node: GraphNode, at: number): void => {
    to.text(nodeDef.name, `n${at}`);
    if (node.kind === 'operation') {
      to.text(nodeDef.op, node.name);
      for (const input of node.inputs) to.text(nodeDef.inputs, outputName(input));
      for (const attribute of node.attributes)
        writeAttribute(to, attribute.name, (value) => {
          writeValue(value, attribute);
        });
      return;
    }
    const { kind, dtype, shape } = node;
    to.text(nodeDef.op, kind === 'placeholder' ? 'Placeholder' : 'Const');
    writeAttribute(to, 'dtype', (value) => value.int(attrValue.type, dtype));
    if (kind === 'placeholder')
      writeAttribute(to, 'shape', (value) => writeShape(value, attrValue.shape, shape));
    else
      writeAttribute(to, 'value', (value) =>
        value.message(attrValue.tensor, (tensor) =>
          writeShape(tensor.int(tensorProto.dtype, dtype), tensorProto.shape, shape).bytes(
            tensorProto.content,
            node.bytes,
          ),
        ),
      );
  };
  return createProtoWriter()
    .int(savedModel.version, 1)
    .message(savedModel.metaGraphs, (meta) =>
      meta
        .message(metaGraph.info, (info) => info.text(metaGraph.tags, graphTag))
        .message(metaGraph.graph, (graph) => {
          for (const [at, node] of nodes.entries())
            graph.message(graphDef.nodes, (to) => {
              writeNode(to, node, at);
            });
          graph.message(graphDef.versions, (versions) => versions.int(graphDef.producer, producer));
        }),
    )
    .finish();
};
