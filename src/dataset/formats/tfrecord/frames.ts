import type { OpenFile } from '../../types';

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** CRC-32C of bytes, masked as TFRecord writes it: turned right by 15 bits, plus a constant. */
export const maskedCrc = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  crc = (crc ^ 0xffffffff) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};

const windowBytes = 64 * 1024;

/** A file read through a window that moves: what is not asked for is not read. */
export class FileWindow {
  private from = 0;
  private bytes: Uint8Array = new Uint8Array(0);

  constructor(private readonly file: OpenFile) {}

  get size(): number {
    return this.file.size;
  }

  /** Bytes [at, at + length), fewer at the end of the file. */
  read(at: number, length: number): Uint8Array {
    const start = at - this.from;
    if (start >= 0 && start + length <= this.bytes.length)
      return this.bytes.subarray(start, start + length);
    this.bytes = this.file.read(at, Math.max(length, windowBytes));
    this.from = at;
    return this.bytes.subarray(0, length);
  }

  /** -1 past the end of the file. */
  byte(at: number): number {
    const start = at - this.from;
    if (start >= 0 && start < this.bytes.length) return this.bytes[start] ?? -1;
    return this.read(at, 1)[0] ?? -1;
  }
}

/** Records of a file, from frame to frame: a length with its checksum, the record, its checksum. */
export class Frames {
  /** The record is bytes [start, end) of the file. */
  start = 0;
  end = 0;
  /** What is wrong at the place where the reading stopped; null at the end of the file. */
  damage: string | null = null;
  private next = 0;

  constructor(private readonly window: FileWindow) {}

  /** Goes to the next record; false at the end of the file and at damage. */
  read(): boolean {
    if (this.damage !== null || this.next >= this.window.size) return false;
    const head = this.window.read(this.next, 12);
    if (head.length < 12) return this.stop('EOF');
    const view = new DataView(head.buffer, head.byteOffset, 12);
    const length = view.getUint32(0, true) + 2 ** 32 * view.getUint32(4, true);
    if (maskedCrc(head.subarray(0, 8)) !== view.getUint32(8, true)) return this.stop('CRC-32C');
    this.start = this.next + 12;
    this.end = this.start + length;
    if (this.end + 4 > this.window.size) return this.stop('EOF');
    this.next = this.end + 4;
    return true;
  }

  private stop(what: string): false {
    this.damage = `${what}, byte ${this.next}`;
    return false;
  }
}
