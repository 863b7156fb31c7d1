import { ByteTable } from '../../bytes/byteTable';
import { issue } from '../../issues';
import type { FileSource, IndexSink } from '../../types';
import { RecordReader } from '../csv/recordReader';
import { openTable } from '../csv/tableBytes';
import { isImageName, join } from '../folders';
import { filePlace } from '../records/filePlace';
import { OutsideNames } from '../records/outside';
import type { ClassNames } from './classNames';
import type { PicturesById } from './pictures';
import type { LabelTable } from './tables';

const rowsPerPart = 4096;
/** Pictures gathered at a time. The tables are sorted by picture, so rows of one stand together. */
const windowSize = 1 << 18;

interface Gathered {
  readonly id: string;
  readonly offset: number;
  readonly labels: number[];
}

/** Reads one table of labels into the sink, a picture a sample, in memory of a fixed size. */
export class LabelRows {
  /** Ids of classes that no table names. */
  readonly unnamed = new Set<string>();
  /** Pictures handed over, and those that are not there. */
  taken = 0;
  private absent = 0;
  private negative = 0;
  private groups = 0;
  private damaged = 0;
  private apart = 0;
  /** The last picture of those handed over before. */
  private last = '';
  private readonly outside = new OutsideNames();
  private readonly classCells = new ByteTable();
  private readonly classOfCell: number[] = [];
  private ids = new ByteTable();
  /** By number of the id; null for a picture that is not there. */
  private window: (Gathered | null)[] = [];

  /** `pictures`: those that count; all of the table where null. */
  constructor(
    private readonly table: LabelTable,
    private readonly names: ClassNames,
    private readonly pictures: PicturesById | null,
    private readonly sink: IndexSink,
  ) {}

  /** Throws what reading throws, after what was read has been handed over. */
  run(source: FileSource, folder: string, part: (share: number) => void): void {
    const bytes = openTable(source, join(folder, this.table.path));
    try {
      const reader = new RecordReader(bytes, 0x2c);
      reader.read();
      for (let row = 1; reader.read(); row++) {
        this.row(reader);
        if (row % rowsPerPart === 0) part(reader.offset / bytes.size);
      }
      this.damaged += reader.tooLong;
    } finally {
      this.flush();
      bytes.close();
    }
  }

  private row(reader: RecordReader): void {
    const { image, label, confidence, group, isBoxes } = this.table.columns;
    const picture = this.pictureOf(reader, image);
    if (picture === null) return;
    if (picture === undefined || reader.fields <= Math.max(label, confidence, group)) {
      this.damaged++;
      return;
    }
    const sure = confidence < 0 ? 1 : numberAt(reader, confidence);
    if (!(sure > 0)) {
      if (sure === 0) this.negative++;
      else this.damaged++;
      return;
    }
    if (group >= 0 && numberAt(reader, group) === 1) {
      this.groups++;
      return;
    }
    const id = this.classOf(reader, label);
    if (id < 0) this.damaged++;
    else if (isBoxes || !picture.labels.includes(id)) picture.labels.push(id);
  }

  /** The picture of a row; null for one that is not there, undefined where none is named. */
  private pictureOf(reader: RecordReader, column: number): Gathered | null | undefined {
    let at = reader.find(column, this.ids);
    if (at === windowSize) {
      this.flush();
      at = reader.find(column, this.ids);
    }
    if (at < 0) return undefined;
    const known = this.window[at];
    if (known !== undefined) return known?.id === '' ? undefined : known;
    const id = reader.text(column).trim();
    if (id !== '' && id <= this.last) this.apart++;
    const isThere = id === '' || this.pictures === null || this.pictures.find(id) !== null;
    if (!isThere) this.absent++;
    const gathered = isThere ? { id, offset: reader.offset, labels: [] } : null;
    this.window[at] = gathered;
    return id === '' ? undefined : gathered;
  }

  private classOf(reader: RecordReader, column: number): number {
    const cell = reader.find(column, this.classCells);
    const known = cell < 0 ? undefined : this.classOfCell[cell];
    if (known !== undefined) return known;
    const id = reader.text(column).trim();
    const name = this.names.get(id) ?? id;
    if (id !== '' && !this.names.has(id)) this.unnamed.add(id);
    const found = id === '' ? -1 : this.sink.classId(name);
    if (cell >= 0) this.classOfCell[cell] = found;
    return found;
  }

  private flush(): void {
    const { sink } = this;
    const split = sink.splitId(this.table.split);
    for (const gathered of this.window) {
      if (gathered === null || gathered.id === '') continue;
      const { id, offset, labels } = gathered;
      if (id > this.last) this.last = id;
      const name = isImageName(id) ? id : `${id}.jpg`;
      const place = this.pictures?.find(id) ?? filePlace('', name);
      if (place === null) this.outside.note(id);
      const container = sink.container(place?.folder ?? this.table.path);
      sink.sample(labels, split, container, place?.name ?? '', place === null ? offset : 0, 0);
      this.taken++;
    }
    this.window = [];
    this.ids = new ByteTable();
  }

  report(): void {
    const { sink, table } = this;
    const { path } = table;
    const say = (severity: 'info' | 'warning', code: string, count: number): void => {
      if (count > 0) sink.issue(issue(severity, code, {}, { path, count }));
    };
    say('warning', 'dataset/items-damaged', this.damaged);
    say('info', 'dataset/labels-negative', this.negative);
    say('info', 'dataset/coco-crowds', this.groups);
    say('info', 'dataset/pictures-absent', this.absent);
    say('warning', 'dataset/pictures-apart', this.apart);
    this.outside.report(sink, path);
    if (this.pictures === null)
      sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path }));
  }
}

/** A cell as a number, also in quotes; NaN for anything else. */
const numberAt = (reader: RecordReader, column: number): number => {
  const plain = reader.number(column);
  if (!Number.isNaN(plain)) return plain;
  const text = reader.text(column).trim();
  return text === '' ? NaN : Number(text);
};
