import { inOrder } from '../../crew/crew';
import { issue, issueOfMany } from '../../issues';
import type { FileSource, IndexSink } from '../../types';
import { baseName, join } from '../folders';
import type { YoloConfig } from './config';
import { bare, classFiles, filesIn, labelFolderOf } from './places';
import { yoloRows } from './yoloRows';
import type { LabelFiles, LabelRows } from './yoloRows';

/** Pictures whose label files are read in one go. */
const atOnce = 256;

/** Names of the label files of a folder, in order. */
class LabelNames {
  private next = 0;
  private places: ReadonlyMap<string, number> | undefined;

  constructor(readonly list: readonly string[]) {}

  /** The label file of a picture; pictures mostly come in the order of their label files. */
  of(picture: string): string | null {
    const stem = bare(picture);
    const guess = this.list[this.next] ?? '';
    if (guess.length === stem.length + 4 && guess.startsWith(stem)) {
      this.next++;
      return guess;
    }
    this.places ??= new Map(this.list.map((name, place) => [name, place]));
    const text = `${stem}.txt`;
    const place = this.places.get(text);
    if (place === undefined) return null;
    this.next = place + 1;
    return text;
  }
}

/** Reads the labels of pictures into the sink and keeps what is to be said in the end. */
export class LabelScan {
  private readonly sums = { repeated: 0, boxes: 0, polygons: 0, ofNine: 0 };
  private readonly unreadable: string[] = [];
  private readonly unnamed = new Set<number>();
  private readonly labels = new Map<string, LabelNames>();
  private readonly classes = new Map<number, number>();

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
    private readonly config: YoloConfig,
    private readonly sink: IndexSink,
  ) {}

  /** Names of label files of a folder of pictures. */
  labelsOf(pictures: string): LabelNames {
    const place = labelFolderOf(pictures);
    const known = this.labels.get(place);
    if (known !== undefined) return known;
    const texts = filesIn(this.source, join(this.folder, place)).filter(
      (name) => name.endsWith('.txt') && !classFiles.test(name),
    );
    const names = new LabelNames(texts);
    this.labels.set(place, names);
    return names;
  }

  /** Pictures of one folder, with what their label files say. */
  pictures(pictures: string, names: readonly string[], container: number, split: number): void {
    const { sink, config } = this;
    const place = labelFolderOf(pictures);
    const known = this.labelsOf(pictures);
    // Pictures whose label files are being read, and their label files.
    const ahead: { readonly names: readonly string[]; readonly texts: readonly unknown[] }[] = [];
    const folder = join(this.folder, place);
    const shape = { keyPointNumbers: config.keyPointNumbers };
    const inputs = function* (): Iterable<LabelFiles> {
      for (let at = 0; at < names.length; at += atOnce) {
        const some = names.slice(at, at + atOnce);
        const texts = some.map((name) => known.of(name));
        ahead.push({ names: some, texts });
        yield { folder, names: texts.filter((text) => text !== null).join('/'), shape };
      }
    };
    for (const read of inOrder(this.source, yoloRows, inputs())) {
      const chunk = ahead.shift();
      let file = 0;
      let at = 0;
      chunk?.names.forEach((name, i) => {
        const count = chunk.texts[i] === null ? 0 : (read.counts[file++] ?? 0);
        const ids: number[] = [];
        for (const end = at + count; at < end; at++) ids.push(this.classOf(read.ids[at] ?? 0));
        sink.sample(ids, split, container, name, 0, 0);
      });
      this.keep(place, read);
    }
  }

  private keep(place: string, read: LabelRows): void {
    for (const { name, line, reason } of read.wrong) {
      const path = join(place, name);
      this.unreadable.push(
        reason === undefined ? `${path}:${String(line)}` : `${path} (${reason})`,
      );
    }
    this.sums.repeated += read.repeated;
    this.sums.boxes += read.boxes;
    this.sums.polygons += read.polygons;
    this.sums.ofNine += read.ofNine;
  }

  private classOf(id: number): number {
    const known = this.classes.get(id);
    if (known !== undefined) return known;
    const name = this.config.names.get(id);
    if (name === undefined) this.unnamed.add(id);
    const made = this.sink.classId(name ?? String(id));
    this.classes.set(id, made);
    return made;
  }

  /** The issues, and whether the objects are polygons. */
  report(): boolean {
    const { sums, sink, config } = this;
    if (this.unreadable.length > 0)
      sink.issue(issueOfMany('warning', 'dataset/yolo-rows', this.unreadable));
    if (sums.repeated > 0)
      sink.issue(issue('info', 'dataset/yolo-repeated', {}, { count: sums.repeated }));
    const unnamed = [...this.unnamed].sort((a, b) => a - b).map(String);
    if (unnamed.length > 0) sink.issue(issueOfMany('warning', 'dataset/ids-without-name', unnamed));
    const hint = `${config.task} ${config.file ?? ''} ${baseName(this.folder)}`;
    const areOutlines = /\bseg|[-_]seg/i.test(hint) || sums.polygons > 0;
    const isKnown = areOutlines || /obb/i.test(hint);
    if (sums.ofNine > 0 && !isKnown)
      sink.issue(issue('info', 'dataset/yolo-nine', {}, { count: sums.ofNine }));
    return sums.boxes === 0 && sums.polygons + sums.ofNine > 0 && areOutlines;
  }
}
