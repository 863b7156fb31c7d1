import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, FormatOptions, IndexSink, OpenFile } from '../types';
import { join, listFolder, rootFolder } from './folders';
import { openFiles } from './openFiles';
import { classOrder } from './records/classOrder';
import { labelKeys, labelsUnder } from './webdataset/labels';
import { TarSamples } from './webdataset/samples';
import type { TarSample } from './webdataset/samples';
import { findShards } from './webdataset/shards';
import type { Shard } from './webdataset/shards';
import { TarReader } from './webdataset/tar';

/** Shards open at once: an unpacked one is held in memory. */
const mostShards = 4;
const samplesPerTick = 2048;
const clsField = 'cls';

/** Where the class stands: the `.cls` field or a key of the `.json` field. */
interface LabelPlace {
  readonly key: string;
  readonly others: readonly string[];
}

const firstSample = (source: FileSource, folder: string, shard: Shard): TarSample | null => {
  const file = openBytes(source, join(folder, shard.path));
  try {
    return new TarSamples(new TarReader(file), true).next();
  } finally {
    file.close();
  }
};

const labelPlace = (sample: TarSample | null, options: FormatOptions): LabelPlace | null => {
  if (sample === null) return null;
  const found = [...(sample.cls === null ? [] : [clsField]), ...labelKeys(sample.json)];
  const key = options.labelColumn ?? found[0];
  return key === undefined ? null : { key, others: found.filter((one) => one !== key) };
};

const labelsOf = (sample: TarSample, key: string): readonly string[] => {
  if (key === clsField) return sample.cls === null || sample.cls === '' ? [] : [sample.cls];
  return labelsUnder(sample.json, key) ?? [];
};

/** Names of numbered classes, a line each, where such a file lies beside the shards. */
const classNames = (source: FileSource, folder: string): readonly string[] => {
  try {
    const file = listFolder(source, folder).files.find((name) =>
      /^class(es|_?names)\.txt$/i.test(name),
    );
    if (file === undefined) return [];
    const lines = source.readText(join(folder, file), 1 << 24).split(/\r?\n/);
    const names = lines.map((line) => line.trim()).filter((line) => line !== '');
    return new Set(names).size === names.length ? names : [];
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
};

/** Reads shards into the sink and keeps what the issues at the end are about. */
class ShardScan {
  several = false;
  hasImages = false;
  damaged = 0;
  private readonly ids = new Map<string, readonly number[]>();
  readonly met = new Set<string>();

  constructor(
    private readonly sink: IndexSink,
    private readonly key: string,
    private readonly names: readonly string[],
  ) {}

  read(file: OpenFile, shard: Shard, advance: (share: number) => void): void {
    const tar = new TarReader(file);
    const samples = new TarSamples(tar, this.key !== clsField);
    const split = this.sink.splitId(shard.split);
    const container = this.sink.container(shard.path);
    let count = 0;
    for (let sample = samples.next(); sample !== null; sample = samples.next()) {
      if (sample.damaged) this.damaged++;
      if (sample.image !== null) this.hasImages = true;
      const { start, size } = sample.image ?? sample.first;
      this.sink.sample(this.labels(sample), split, container, '', start, size);
      if (++count % samplesPerTick === 0) advance(tar.at / Math.max(1, file.size));
    }
    if (tar.damage === null) return;
    const detail = `${tar.damage}, byte ${tar.at}`;
    this.sink.issue(issue('error', 'dataset/rows-damaged', { detail }, { path: shard.path }));
  }

  private labels(sample: TarSample): readonly number[] {
    const labels = labelsOf(sample, this.key);
    if (labels.length > 1) this.several = true;
    const [first] = labels;
    if (labels.length !== 1 || first === undefined) return labels.map((label) => this.id(label));
    let ids = this.ids.get(first);
    if (ids === undefined) this.ids.set(first, (ids = [this.id(first)]));
    return ids;
  }

  private id(label: string): number {
    const name = (/^\d{1,9}$/.test(label) ? this.names[Number(label)] : undefined) ?? label;
    this.met.add(name);
    return this.sink.classId(name);
  }
}

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const { folder, shards } = findShards(source, root);
  let place: LabelPlace | null = null;
  for (const shard of shards) {
    try {
      place = labelPlace(firstSample(source, folder, shard), options);
      break;
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  const key = place?.key ?? clsField;
  if (place !== null && place.others.length > 0)
    sink.issue(issue('info', 'dataset/label-sets', { chosen: key, others: place.others }));
  const names = classNames(source, folder);
  const scan = new ShardScan(sink, key, names);
  shards.forEach((shard, done) => {
    const advance = (share: number): void => sink.share((done + share) / shards.length);
    try {
      const file = openBytes(source, join(folder, shard.path));
      try {
        scan.read(file, shard, advance);
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: shard.path }));
    }
    advance(1);
  });
  if (scan.damaged > 0)
    sink.issue(issue('warning', 'dataset/labels-damaged', {}, { count: scan.damaged }));
  const rest = classOrder([...scan.met].filter((name) => !names.includes(name)));
  sink.describe({
    task: scan.several ? 'multi-label' : 'single-label',
    modality: scan.hasImages ? 'image' : 'none',
    classNames: scan.met.size > 0 ? [...names, ...rest] : [],
  });
};

/**
 * WebDataset: tar archives whose neighbouring files of one name are a sample (`a.jpg`, `a.cls`),
 * gzip or not. The class is the text of `.cls` or a key of `.json` (`labelColumn` names it). A
 * sample's place is that of its picture inside the archive.
 */
export const webdataset: DatasetFormat = {
  id: 'webdataset',
  detect: (source, root, options) => {
    const [first] = findShards(source, root).shards;
    if (first === undefined) return null;
    const { folder } = rootFolder(source, root);
    const sample = firstSample(source, folder, first);
    if (sample === null) return null;
    const isLabelled = labelPlace(sample, options) !== null;
    if (!isLabelled && sample.image === null) return null;
    return {
      format: 'webdataset',
      confidence: isLabelled ? 0.9 : 0.3,
      evidence: [issue('info', 'dataset/evidence-file', {}, { path: first.path })],
    };
  },
  index,
  openSamples: (source, root) => {
    const { folder } = rootFolder(source, root);
    const { open, close } = openFiles(source, folder, { most: mostShards });
    return {
      readSample: ({ path, offset, length }) => {
        const bytes = open(path).read(offset, length);
        if (bytes.length !== length)
          throw new LongtailError('dataset/sample-unreadable', {
            path,
            reason: `${bytes.length} / ${length} bytes`,
          });
        return { kind: 'encoded-image', bytes };
      },
      close,
    };
  },
};
