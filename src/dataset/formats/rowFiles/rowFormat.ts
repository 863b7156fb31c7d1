import { LongtailError } from '../../../common/errors';
import { isSystemError, issue, issueOfMany, reasonOf } from '../../issues';
import type { AreaClass, DatasetFormat, FileSource, IndexSink } from '../../types';
import { join, rootFolder } from '../folders';
import { openPictures } from '../labelme/annotations';
import { readImageSets } from '../records/imageSets';
import { bare, findRowPlaces } from './places';
import type { RowLayout, RowPlace } from './places';

/** What a line of a label file is; null for none. */
export type Row =
  | { readonly kind: 'object'; readonly name: string; readonly area: AreaClass }
  /** An object that the format says not to count. */
  | { readonly kind: 'left-out' }
  /** A line about the picture. */
  | { readonly kind: 'header' }
  | null;

/** A format of label files with an object a line. */
export interface RowKind {
  readonly id: string;
  readonly layout: RowLayout;
  readonly row: (line: string) => Row;
  /** Code of the issue that counts what was left out. */
  readonly leftOut: string;
}

const maxBytes = 16 * 1024 * 1024;
const headBytes = 16 * 1024;
const fewFiles = 8;
const filesPerPart = 256;

/** Lines with something on them, by their number from 1. */
const linesOf = (text: string): readonly (readonly [number, string])[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, at) => [at + 1, line.trim()] as const)
    .filter(([, line]) => line !== '');

/** The first label file of a place that has objects; false where a file has other lines. */
const someRows = (
  source: FileSource,
  folder: string,
  place: RowPlace,
  kind: RowKind,
): string | false | null => {
  for (const file of place.files.slice(0, fewFiles)) {
    let text: string;
    try {
      text = source.readText(join(folder, place.folder, file), headBytes);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      continue;
    }
    const lines = linesOf(text);
    // The last line of a head may be cut off.
    const whole = text.length < headBytes ? lines : lines.slice(0, -1);
    const rows = whole.map(([, line]) => kind.row(line));
    if (rows[0] === null) return false;
    if (rows.some((row) => row?.kind === 'object' || row?.kind === 'left-out'))
      return join(place.folder, file);
  }
  return null;
};

interface Found {
  readonly folder: string;
  readonly places: readonly RowPlace[];
  /** Label folders of every name: DOTA keeps two releases side by side. */
  readonly sets: readonly string[];
  /** A file that shows the format. */
  readonly shown: string | null;
}

const find = (source: FileSource, root: string, kind: RowKind): Found => {
  const { folder, only } = rootFolder(source, root);
  const none = { folder, places: [], sets: [], shown: null };
  if (only !== null) return none;
  const looked = findRowPlaces(source, folder, kind.layout)
    .map((place) => ({ place, rows: someRows(source, folder, place, kind) }))
    .filter(({ rows }) => rows !== false);
  const known = looked.filter(({ rows }) => rows !== null);
  const sets = [...new Set(known.map(({ place }) => place.set))].sort().reverse();
  const shown = known[0]?.rows;
  return {
    folder,
    places: looked.map(({ place }) => place).filter(({ set }) => sets.includes(set)),
    sets,
    shown: typeof shown === 'string' ? shown : null,
  };
};

/** Reads label files into the sink, a picture each. */
class RowScan {
  readonly damaged: string[] = [];
  leftOut = 0;
  missing = 0;

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
    private readonly kind: RowKind,
    private readonly sink: IndexSink,
  ) {}

  file(place: RowPlace, file: string, splitName: string): void {
    const { sink } = this;
    const path = join(place.folder, file);
    let text: string;
    try {
      text = this.source.readText(join(this.folder, path), maxBytes);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.damaged.push(`${path} (${reasonOf(error)})`);
      return;
    }
    const labels: number[] = [];
    const areas: AreaClass[] = [];
    let badLine = 0;
    for (const [number, line] of linesOf(text)) {
      const row = this.kind.row(line);
      if (row === null) badLine ||= number;
      else if (row.kind === 'left-out') this.leftOut++;
      else if (row.kind === 'object') {
        labels.push(sink.classId(row.name));
        areas.push(row.area);
      }
    }
    if (badLine > 0) this.damaged.push(`${path}:${String(badLine)}`);
    const picture = place.pictureOf(bare(file));
    if (picture === undefined) this.missing++;
    const container = sink.container(picture === undefined ? place.folder : place.pictures);
    sink.sample(labels, sink.splitId(splitName), container, picture ?? file, 0, 0, 0, areas);
  }

  report(path: string): void {
    const { sink } = this;
    if (this.damaged.length > 0)
      sink.issue(issueOfMany('warning', 'dataset/yolo-rows', this.damaged));
    if (this.leftOut > 0) sink.issue(issue('info', this.kind.leftOut, {}, { count: this.leftOut }));
    if (this.missing > 0)
      sink.issue(issue('warning', 'dataset/files-missing', {}, { path, count: this.missing }));
  }
}

const indexOf =
  (kind: RowKind): DatasetFormat['index'] =>
  (source, root, { labelColumn }, sink) => {
    sink.describe({ task: 'detection', modality: 'image' });
    const { folder, places, sets } = find(source, root, kind);
    const chosen = labelColumn ?? sets[0] ?? '';
    if (labelColumn !== undefined && !sets.includes(labelColumn))
      throw new LongtailError('dataset/column-missing', {
        path: root,
        column: labelColumn,
        columns: sets,
      });
    const others = sets.filter((set) => set !== chosen);
    if (others.length > 0) sink.issue(issue('info', 'dataset/label-sets', { chosen, others }));
    const read = places.filter(({ set }) => set === chosen);
    const lists = readImageSets(source, join(folder, 'ImageSets'));
    const total = read.reduce((sum, { files }) => sum + files.length, 0);
    const scan = new RowScan(source, folder, kind, sink);
    let done = 0;
    for (const place of read)
      for (const file of place.files) {
        if (++done % filesPerPart === 0) sink.share(done / total);
        scan.file(place, file, lists.get(bare(file)) ?? place.split);
      }
    scan.report(read[0]?.folder ?? '');
  };

/** The format of label files with an object a line. */
export const rowFormat = (kind: RowKind): DatasetFormat => ({
  id: kind.id,
  detect: (source, root) => {
    const { shown } = find(source, root, kind);
    if (shown === null) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: shown })];
    return { format: kind.id, confidence: 0.93, evidence };
  },
  index: indexOf(kind),
  openSamples: openPictures,
});
