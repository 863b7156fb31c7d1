import { isSystemError, reasonOf } from '../../issues';
import type { FileSource, FileTask } from '../../types';
import { RowReader } from './rows';
import type { RowShape } from './rows';

/** More is no label file of a picture. */
const maxLabelBytes = 16 * 1024 * 1024;
const firstRoom = 64 * 1024;

/** Label files of one folder. */
export interface LabelFiles {
  /** Absolute. */
  readonly folder: string;
  /** Joined by '/'. */
  readonly names: string;
  readonly shape: RowShape;
}

/** What the rows of some label files say. */
export interface LabelRows {
  /** Rows of each file, and the class numbers of all of them. */
  readonly counts: Uint32Array;
  readonly ids: Int32Array;
  /** Name of a file that is not right, and the line or the system's reason. */
  readonly wrong: readonly {
    readonly name: string;
    readonly line?: number;
    readonly reason?: string;
  }[];
  readonly repeated: number;
  readonly boxes: number;
  readonly polygons: number;
  readonly ofNine: number;
}

/** Reads small files one after the other into the same room. */
class SmallFiles {
  private room = Buffer.allocUnsafe(firstRoom);

  constructor(private readonly source: FileSource) {}

  read(path: string): { readonly bytes: Buffer; readonly length: number } {
    const file = this.source.open(path);
    try {
      if (file.size > maxLabelBytes) throw new RangeError(String(file.size));
      if (file.readInto === undefined) {
        const { buffer, byteOffset, length } = file.read(0, file.size);
        return { bytes: Buffer.from(buffer, byteOffset, length), length };
      }
      if (file.size > this.room.length) this.room = Buffer.allocUnsafe(file.size);
      return { bytes: this.room, length: file.readInto(0, this.room) };
    } finally {
      file.close();
    }
  }
}

/** Reads the label files of a folder. */
export const yoloRows: FileTask<LabelFiles, LabelRows> = {
  id: 'yolo-rows',
  run: (source, { folder, names, shape }) => {
    const rows = new RowReader(shape);
    const files = new SmallFiles(source);
    const counts: number[] = [];
    const ids: number[] = [];
    const wrong: { name: string; line?: number; reason?: string }[] = [];
    for (const name of names === '' ? [] : names.split('/')) {
      try {
        const { bytes, length } = files.read(`${folder}/${name}`);
        rows.read(bytes, length);
        if (rows.badLine > 0) wrong.push({ name, line: rows.badLine });
        for (const id of rows.ids) ids.push(id);
        counts.push(rows.ids.length);
      } catch (error) {
        if (!(error instanceof RangeError) && !isSystemError(error)) throw error;
        wrong.push({ name, reason: reasonOf(error) });
        counts.push(0);
      }
    }
    const { repeated, boxes, polygons, ofNine } = rows;
    return {
      counts: Uint32Array.from(counts),
      ids: Int32Array.from(ids),
      ...{ wrong, repeated, boxes, polygons, ofNine },
    };
  },
  isOutput: (value): value is LabelRows =>
    typeof value === 'object' && value !== null && 'counts' in value && 'ids' in value,
};
