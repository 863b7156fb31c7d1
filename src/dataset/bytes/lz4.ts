const magic = 0x184d2204;
const [skippable, skippableMask] = [0x184d2a50, 0xfffffff0];

const damaged = (): RangeError => new RangeError('LZ4 damaged');

/** A length of LZ4: 15 stands for more, in bytes of which each but the last is 255. */
const moreOf = (input: Uint8Array, from: number): readonly [number, number] => {
  let length = 15;
  let at = from;
  for (;;) {
    const byte = input[at++];
    if (byte === undefined) throw damaged();
    length += byte;
    if (byte < 255) return [length, at];
  }
};

/**
 * Decodes one block of LZ4 into `out` from `to` on, where matches may reach back to its beginning;
 * gives the place behind what was written. RangeError for damage and for what has no room.
 */
export const lz4Block = (input: Uint8Array, out: Uint8Array, to = 0): number => {
  let at = 0;
  let end = to;
  while (at < input.length) {
    const token = input[at++] ?? 0;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = moreOf(input, at);
    if (at + literals > input.length || end + literals > out.length) throw damaged();
    out.set(input.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    // The last sequence has no match.
    if (at === input.length) return end;
    const offset = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) [length, at] = moreOf(input, at);
    length += 4;
    if (offset === 0 || offset > end || end + length > out.length || at > input.length)
      throw damaged();
    // A match may overlap what it writes, and then repeats it.
    if (offset >= length) out.copyWithin(end, end - offset, end - offset + length);
    else for (let i = 0; i < length; i++) out[end + i] = out[end + i - offset] ?? 0;
    end += length;
  }
  return end;
};

/**
 * Decodes frames of LZ4 (version 1) one after the other into `length` bytes. Checksums are not
 * looked at. RangeError for damage, a dictionary, and frames of another length.
 */
export const lz4Frames = (input: Uint8Array, length: number): Uint8Array => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const out = new Uint8Array(length);
  let end = 0;
  let at = 0;
  while (at < input.length) {
    const mark = view.getUint32(at, true);
    if ((mark & skippableMask) >>> 0 === skippable) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    const flags = view.getUint8(at + 4);
    const hasSize = (flags & 8) !== 0;
    const hasSums = (flags & 16) !== 0;
    if (mark !== magic || flags >> 6 !== 1 || (flags & 1) !== 0) throw damaged();
    at += 7 + (hasSize ? 8 : 0);
    for (;;) {
      const size = view.getUint32(at, true);
      at += 4;
      if (size === 0) break;
      const bytes = size & 0x7fffffff;
      if (at + bytes > input.length) throw damaged();
      const block = input.subarray(at, at + bytes);
      if (size === bytes) end = lz4Block(block, out, end);
      else {
        if (end + bytes > length) throw damaged();
        out.set(block, end);
        end += bytes;
      }
      at += bytes + (hasSums ? 4 : 0);
    }
    at += (flags & 4) === 0 ? 0 : 4;
  }
  if (end !== length) throw damaged();
  return out;
};

/** A bare block that has `length` bytes unpacked. */
export const lz4Raw = (input: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  if (lz4Block(input, out) !== length) throw damaged();
  return out;
};

/**
 * What Parquet calls LZ4, which writers understood in three ways: Hadoop's blocks, each behind its
 * two lengths (big-endian), frames, or a bare block.
 */
export const lz4Hadoop = (input: Uint8Array, length: number): Uint8Array => {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length >= 4 && view.getUint32(0, true) === magic) return lz4Frames(input, length);
  const out = new Uint8Array(length);
  let at = 0;
  let end = 0;
  try {
    while (at < input.length) {
      const wanted = end + view.getUint32(at);
      const bytes = view.getUint32(at + 4);
      at += 8;
      if (at + bytes > input.length || wanted > length) throw damaged();
      // Matches do not reach into the block before.
      const block = out.subarray(end, wanted);
      if (lz4Block(input.subarray(at, at + bytes), block) !== block.length) throw damaged();
      end = wanted;
      at += bytes;
    }
    if (end !== length) throw damaged();
    return out;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return lz4Raw(input, length);
  }
};
