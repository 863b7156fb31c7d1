import { describe, expect, it } from 'vitest';
import { lz4Block, lz4Frames, lz4Hadoop, lz4Raw } from '../../../src/dataset/bytes/lz4';

const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))),
  );
const text = (unpacked: Uint8Array): string => Buffer.from(unpacked).toString('latin1');

// By hand, from LZ4's description of its block format: token, literals, offset, match.
const repeated = bytes(0x35, 'abc', 3, 0, 0x50, 'abcde'); // "abc", 9 bytes from 3 back, "abcde"
const unpacked = 'abcabcabcabcabcde';
const long = bytes(0xf0, 255, 2, 'x'.repeat(272)); // 15 + 255 + 2 literals

describe('LZ4', () => {
  it('unpacks literals and matches that repeat themselves', () => {
    expect(text(lz4Raw(repeated, 17))).toBe(unpacked);
    expect(text(lz4Raw(long, 272))).toBe('x'.repeat(272));
    expect(lz4Raw(bytes(0), 0)).toHaveLength(0);
  });

  // Magic, flags (version 1, independent blocks), block size, checksum of the header.
  const head = bytes(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82);
  const frame = (...blocks: Uint8Array[]): Uint8Array =>
    Buffer.concat([head, ...blocks, Buffer.alloc(4)]);
  const block = bytes(repeated.length, 0, 0, 0);

  it('unpacks frames, blocks that are not packed, and what is to be skipped', () => {
    expect(text(lz4Frames(frame(block, repeated), 17))).toBe(unpacked);
    const bare = bytes(3, 0, 0, 0x80, 'xyz');
    expect(text(lz4Frames(frame(block, repeated, bare), 20))).toBe(`${unpacked}xyz`);
    const skipped = bytes(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9);
    const two = Buffer.concat([skipped, frame(bare), frame(bare)]);
    expect(text(lz4Frames(two, 6))).toBe('xyzxyz');
  });

  it("unpacks Hadoop's blocks, and what others called the same", () => {
    const one = Buffer.concat([bytes(0, 0, 0, 17, 0, 0, 0, repeated.length), repeated]);
    expect(text(lz4Hadoop(Buffer.concat([one, one]), 34))).toBe(unpacked + unpacked);
    expect(text(lz4Hadoop(repeated, 17))).toBe(unpacked);
    expect(text(lz4Hadoop(frame(block, repeated), 17))).toBe(unpacked);
  });

  it('refuses damage', () => {
    const cases = [
      () => lz4Raw(repeated, 16),
      () => lz4Raw(repeated, 18),
      () => lz4Raw(repeated.subarray(0, 6), 17),
      () => lz4Raw(bytes(0x15, 'a', 2, 0, 0), 40),
      () => lz4Raw(bytes(0x15, 'a', 0, 0, 0), 40),
      () => lz4Raw(bytes(0xf0, 255, 255), 9999),
      () => lz4Frames(frame(block, repeated).subarray(0, 20), 17),
      () => lz4Frames(bytes('not LZ4 at all'), 17),
      () => lz4Hadoop(bytes('not LZ4 at all'), 17),
    ];
    for (const unpack of cases) expect(unpack).toThrow(RangeError);
    expect(lz4Block(new Uint8Array(0), new Uint8Array(4))).toBe(0);
  });
});
