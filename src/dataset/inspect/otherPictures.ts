interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bytes of the file from an offset on, shorter at its end. */
export type ReadPart = (offset: number, length: number) => Uint8Array;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const gif = (head: DataView): Size | null =>
  head.byteLength < 10 ? null : { width: head.getUint16(6, true), height: head.getUint16(8, true) };

/** Windows' header, or the shorter one of OS/2; a negative height is a picture from top down. */
const bmp = (head: DataView): Size | null => {
  if (head.byteLength < 26) return null;
  return head.getUint32(14, true) === 12
    ? { width: head.getUint16(18, true), height: head.getUint16(20, true) }
    : { width: head.getInt32(18, true), height: Math.abs(head.getInt32(22, true)) };
};

/** RFC 9649: one lossy, one lossless picture, or the extended form that tells the canvas. */
const webp = (head: DataView, kind: string): Size | null => {
  if (head.byteLength < 30) return null;
  if (kind === 'VP8 ')
    return { width: head.getUint16(26, true) & 0x3fff, height: head.getUint16(28, true) & 0x3fff };
  if (kind === 'VP8L') {
    const bits = head.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const three = (at: number): number => head.getUint16(at, true) + (head.getUint8(at + 2) << 16);
  return kind === 'VP8X' ? { width: three(24) + 1, height: three(27) + 1 } : null;
};

/** The first directory of a TIFF, which may lie anywhere: tags 256 and 257, 16 or 32 bits. */
const tiff = (head: DataView, isLittle: boolean, read: ReadPart): Size | null => {
  if (head.byteLength < 8) return null;
  const at = head.getUint32(4, isLittle);
  const start = viewOf(read(at, 2));
  if (start.byteLength < 2) return null;
  const entries = viewOf(read(at + 2, 12 * start.getUint16(0, isLittle)));
  const size = { width: 0, height: 0 };
  for (let entry = 0; entry + 12 <= entries.byteLength; entry += 12) {
    const tag = entries.getUint16(entry, isLittle);
    const isShort = entries.getUint16(entry + 2, isLittle) === 3;
    const value = isShort
      ? entries.getUint16(entry + 8, isLittle)
      : entries.getUint32(entry + 8, isLittle);
    if (tag === 256) size.width = value;
    if (tag === 257) size.height = value;
  }
  return size;
};

/** Size of a GIF, BMP, WebP or TIFF by its head; null for other bytes and where it is damaged. */
export const otherPictureSize = (head: Uint8Array, read: ReadPart): Size | null => {
  const view = viewOf(head);
  const text = (from: number, to: number): string =>
    Buffer.from(head.subarray(from, to)).toString('latin1');
  const found = ((): Size | null => {
    if (/^GIF8[79]a$/.test(text(0, 6))) return gif(view);
    if (text(0, 2) === 'BM') return bmp(view);
    if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return webp(view, text(12, 16));
    if (text(0, 4) === 'II*\0') return tiff(view, true, read);
    return text(0, 4) === 'MM\0*' ? tiff(view, false, read) : null;
  })();
  return found !== null && found.width > 0 && found.height > 0 ? found : null;
};
