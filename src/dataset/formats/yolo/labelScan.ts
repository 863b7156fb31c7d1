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

/** Reads the labels of pictures into the sink and keeps what is to be said in the end. */
export class LabelScan {
  private readonly sums = { repeated: 0, boxes: 0, polygons: 0, ofNine: 0 };
  private readonly unreadable: string[] = [];
  private readonly unnamed = new Set<number>();
  private readonly labels = new Map<string, ReadonlySet<string>>();
  private readonly classes = new Map<number, number>();

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
    private readonly config: YoloConfig,
    private readonly sink: IndexSink,
  ) {}

  /** Names of label files of a folder of pictures. */
  labelsOf(pictures: string): ReadonlySet<string> {
    const place = labelFolderOf(pictures);
    const known = this.labels.get(place);
    if (known !== undefined) return known;
    const texts = filesIn(this.source, join(this.folder, place)).filter(
      (name) => name.endsWith('.txt') && !classFiles.test(name),
    );
    const names = new Set(texts);
    this.labels.set(place, names);
    return names;
  }

  /** Pictures of one folder, with what their label files say. */
  pictures(pictures: string, names: readonly string[], container: number, split: number): void {
    const { sink, config } = this;
    const place = labelFolderOf(pictures);
    const known = this.labelsOf(pictures);
    // Pictures whose label files are being read, and whether each has one.
    const ahead: { readonly names: readonly string[]; readonly isLabelled: readonly boolean[] }[] = [];
    const folder = join(this.folder, place);
    const inputs = function* (): Iterable<LabelFiles> {
      for (let at = 0; at < names.length; at += atOnce) {
        const some = names.slice(at, at + atOnce);
        const texts = some.map((name) => `${bare(name)}.txt`);
        const isLabelled = texts.map((text) => known.has(text));
        ahead.push({ names: some, isLabelled });
        yield { folder, names: texts.filter((_, i) => isLabelled[i]).join('/'), shape: config };
      }
    };
    for (const read of inOrder(this.source, yoloRows, inputs())) {
      const chunk = ahead.shift();
      let file = 0;
      let at = 0;
      chunk?.names.forEach((name, i) => {
        const count = chunk.isLabelled[i] === true ? (read.counts[file++] ?? 0) : 0;
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
      this.unreadable.push(reason === undefined ? `${path}:${String(line)}` : `${path} (${reason})`);
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
