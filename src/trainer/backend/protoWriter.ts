/** Protocol-buffer fields, written one after the other (protobuf.dev, "Encoding"). */
export interface ProtoWriter {
  /** A whole number that is not negative. */
  int(field: number, value: number): ProtoWriter;
  float(field: number, value: number): ProtoWriter;
  bytes(field: number, value: Uint8Array): ProtoWriter;
  text(field: number, value: string): ProtoWriter;
  message(field: number, write: (to: ProtoWriter) => unknown): ProtoWriter;
  finish(): Uint8Array;
}

const wire = { varint: 0, bytes: 2, fixed32: 5 } as const;

const varint = (value: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be written`);
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return Uint8Array.from([...out, rest]);
};

export const createProtoWriter = (): ProtoWriter => {
  const parts: Uint8Array[] = [];
  const tag = (field: number, type: number): number => parts.push(varint(field * 8 + type));
  const writer: ProtoWriter = {
    int: (field, value) => {
      tag(field, wire.varint);
      parts.push(varint(value));
      return writer;
    },
    float: (field, value) => {
      tag(field, wire.fixed32);
      parts.push(new Uint8Array(Float32Array.of(value).buffer));
      return writer;
    },
    bytes: (field, value) => {
      tag(field, wire.bytes);
      parts.push(varint(value.length), value);
      return writer;
    },
    text: (field, value) => writer.bytes(field, new TextEncoder().encode(value)),
    message: (field, write) => {
      const inner = createProtoWriter();
      write(inner);
      return writer.bytes(field, inner.finish());
    },
    finish: () => Buffer.concat(parts),
  };
  return writer;
};
