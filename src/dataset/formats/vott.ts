import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { JsonDamage } from '../json/jsonScanner';
import { knownSplit, noSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { baseName, folderOf, join } from './folders';
import { openPictures, Pictures } from './labelme/annotations';
import { classOrder } from './records/classOrder';
import { filePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';
import { findVott } from './vott/files';
import { noFacts, readVott } from './vott/read';
import type { VottAsset, VottFacts } from './vott/read';

const filesPerPart = 64;

const splitOf = (path: string): string =>
  knownSplit(baseName(path).replace(/\.[^.]*$/, '')) ?? knownSplit(folderOf(path)) ?? noSplit;

/** Hands the pictures of files to the sink, and keeps what is to be said in the end. */
class AssetsOut {
  readonly classes = new Set<string>();
  readonly damaged: string[] = [];
  private missing = 0;
  private readonly outside = new OutsideNames();
  private readonly pictures: Pictures;

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
    private readonly facts: VottFacts,
    private readonly sink: IndexSink,
  ) {
    this.pictures = new Pictures(source, folder);
  }

  /** Reads one file; one that is damaged is told, and what of it was whole counts. */
  read(path: string): void {
    this.open(path, this.facts, (asset) => this.put(path, asset));
  }

  /** Takes the tags of a project's own file, whose assets have no regions. */
  project(path: string): void {
    const own = noFacts();
    this.open(path, own, () => undefined);
    this.facts.tags.push(...own.tags);
  }

  private open(path: string, facts: VottFacts, each: (asset: VottAsset) => void): void {
    let file: OpenFile | undefined;
    try {
      file = openBytes(this.source, join(this.folder, path));
      readVott(file, facts, each);
    } catch (error) {
      if (error instanceof JsonDamage) this.damaged.push(`${path} (${error.message})`);
      else if (isSystemError(error)) this.damaged.push(`${path} (${reasonOf(error)})`);
      else throw error;
    } finally {
      file?.close();
    }
  }

  private put(path: string, { name, labels, areas, offset }: VottAsset): void {
    const { sink } = this;
    const folder = folderOf(path);
    // Frames of a video are exported as pictures with an ending behind their name.
    const places = [folder, '', 'images'].flatMap((base) => [
      filePlace(base, name),
      filePlace(base, `${name}.jpg`),
    ]);
    const isInside = filePlace('', name) !== null;
    const there = places.find((place) => place !== null && this.pictures.has(place));
    const place = isInside ? (there ?? places[0] ?? null) : null;
    if (!isInside) this.outside.note(name);
    else if (there === undefined) this.missing++;
    for (const label of labels) this.classes.add(label);
    const ids = labels.map((label) => sink.classId(label));
    const container = sink.container(place?.folder ?? path);
    const split = sink.splitId(splitOf(path));
    const at = place === null ? offset : 0;
    sink.sample(ids, split, container, place?.name ?? '', at, 0, 0, areas);
  }

  report(path: string): void {
    const { sink, facts } = this;
    const say = (severity: 'info' | 'warning', code: string, count: number): void => {
      if (count > 0) sink.issue(issue(severity, code, {}, { path, count }));
    };
    if (this.damaged.length > 0)
      sink.issue(issueOfMany('error', 'dataset/annotations-cut', this.damaged));
    say('warning', 'dataset/items-damaged', facts.damaged);
    say('warning', 'dataset/objects-untagged', facts.untagged);
    say('info', 'dataset/pictures-unvisited', facts.unvisited);
    this.outside.report(sink, path);
    say('warning', 'dataset/files-missing', this.missing);
  }
}

/**
 * VoTT's JSON: an export (`assets` with `regions` and their tags), or the files of single assets
 * beside the project. A region counts for each of its tags; pictures nobody has visited are told
 * and left out.
 */
export const vott: DatasetFormat = {
  id: 'vott',
  detect: (source, root) => {
    const [first] = findVott(source, root).files;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first })];
    return { format: 'vott', confidence: 0.95, evidence };
  },
  index: (source, root, _options, sink) => {
    const { folder, files, projects } = findVott(source, root);
    sink.describe({ task: 'detection', modality: 'image' });
    const facts = noFacts();
    const out = new AssetsOut(source, folder, facts, sink);
    for (const path of projects) out.project(path);
    files.forEach((path, at) => {
      if (at % filesPerPart === 0) sink.share(at / files.length);
      out.read(path);
    });
    out.report(files[0] ?? '');
    const declared = new Set(facts.tags);
    const rest = classOrder([...out.classes].filter((name) => !declared.has(name)));
    sink.describe({ task: 'detection', modality: 'image', classNames: [...declared, ...rest] });
  },
  openSamples: openPictures,
};
