import type { Issue } from '../common/errors';
import { checkIndex } from './checks';
import { Column, TextPool } from './columns';
import type { ChunkStore } from './columns';
import { Fingerprint, hashText } from './fingerprint';
import type { IndexHeader } from './indexLayout';
import { Names, Tally } from './names';
import type { PackedNames } from './packedNames';
import type { AreaClass, IndexSink, Modality, RowBatch, Task } from './types';

/** Called often while labels are read; throws CancelledError to stop. */
export type Tick = (samples: number, classes: number, share: number | undefined) => void;

/** Ends a scan at a limit of the index file; what was read so far is kept and marked partial. */
export class LimitReached extends Error {}

/** Offsets into the name pool and into the labels are 32-bit. */
const maxOffset = 0xffffffff;
/** More than the names of one batch of files take. */
const batchRoom = 1 << 24;
const maxSplits = 255;
const samplesPerTick = 2048;

/** No place among the classes yet. */
const unplaced = 0xffffffff;

/** The lower 32 bits of a number below 2⁵³; the remainder of a division is slow and seldom needed. */
const lowWord = (value: number): number => (value < 2 ** 32 ? value : value % 2 ** 32);

const u8 = (n: number): Uint8Array => new Uint8Array(n);
const u32 = (n: number): Uint32Array => new Uint32Array(n);

/** What is kept of samples, a column each; how they lie together is said where the file is ended. */
const columnsOf = (store: ChunkStore) => ({
  labelStart: new Column(u32, store),
  labels: new Column(u32, store),
  areas: new Column(u8, store),
  split: new Column(u8, store),
  container: new Column(u32, store),
  nameEnd: new Column(u32, store),
  names: new TextPool(store),
  containerEnd: new Column(u32, store),
  containers: new TextPool(store),
  // In two halves of 32 bits: the upper one is nearly always 0 throughout.
  offset: new Column(u32, store),
  offsetHigh: new Column(u32, store),
  length: new Column(u32, store),
  lengthHigh: new Column(u32, store),
});

/** The columns and facts of a scan as formats write them; `finish` puts the classes in order. */
export class IndexBuilder implements IndexSink {
  task: Task = 'single-label';
  modality: Modality = 'none';
  samples = 0;
  unlabelled = 0;
  done: number | undefined;
  readonly issues: Issue[] = [];
  private readonly columns: ReturnType<typeof columnsOf>;
  private readonly classes = new Names(0x2545f491);
  private readonly splits = new Names(0x68e31da4);
  private readonly containerNames = new Names(0x811c9dc5);
  private readonly containerHash: number[] = [];
  /** [split] labels of each class, as far as classes were met. */
  private readonly counts: Tally[] = [];
  private readonly fingerprint = new Fingerprint();
  private named: readonly string[] = [];

  constructor(
    private readonly store: ChunkStore,
    private readonly report: Tick,
  ) {
    this.columns = columnsOf(store);
    this.columns.labelStart.push(0);
  }

  classId(name: string): number {
    return this.classes.id(name);
  }

  classNames(): readonly string[] {
    return this.classes.list;
  }

  splitId(name: string): number {
    const id = this.splits.id(name);
    if (id >= maxSplits) throw new LimitReached(`more than ${String(maxSplits)} splits`);
    if (id === this.counts.length) this.counts.push(new Tally());
    return id;
  }

  container(path: string): number {
    const id = this.containerNames.id(path);
    if (id === this.containerHash.length) {
      this.containerHash.push(hashText('/', this.containerNames.hash(id)));
      this.columns.containers.push(path);
      this.columns.containerEnd.push(this.columns.containers.byteLength);
    }
    return id;
  }

  sample(
    labels: readonly number[],
    split: number,
    container: number,
    name: string,
    offset: number,
    length: number,
    digest = 0,
    areas?: readonly AreaClass[],
  ): void {
    const { columns } = this;
    this.checkRoom(labels.length);
    let labelHash = 0;
    const counts = this.counts[split];
    for (let at = 0; at < labels.length; at++) {
      const label = labels[at] ?? 0;
      columns.labels.push(label);
      columns.areas.push(areas?.[at] ?? 0);
      labelHash += this.classes.hash(label);
      counts?.add(label, 1);
    }
    if (labels.length === 0) this.unlabelled++;
    columns.labelStart.push(columns.labels.length);
    columns.split.push(split);
    columns.container.push(container);
    columns.names.push(name);
    columns.nameEnd.push(columns.names.byteLength);
    columns.offset.push(lowWord(offset));
    columns.offsetHigh.push(Math.floor(offset / 2 ** 32));
    columns.length.push(lowWord(length));
    columns.lengthHigh.push(Math.floor(length / 2 ** 32));
    this.fingerprint.add({
      path: this.containerHash[container] ?? 0,
      name,
      labels: labelHash,
      split: this.splits.hash(split),
      offset,
      size: length,
      digest,
    });
    this.samples++;
    if (this.samples % samplesPerTick === 0) this.tick();
  }

  rows(batch: RowBatch, count: number): void {
    const { container, labels, splits, offsets, lengths, digests } = batch;
    const { columns } = this;
    this.checkRoom(count);
    const labelHashes = new Int32Array(count);
    const splitHashes = new Int32Array(count);
    let places = columns.labels.length;
    for (let row = 0; row < count; row++) {
      const label = labels[row] ?? -1;
      const split = splits[row] ?? 0;
      const offset = offsets[row] ?? 0;
      if (label < 0) this.unlabelled++;
      else {
        places++;
        labelHashes[row] = this.classes.hash(label);
        columns.labels.push(label);
        this.counts[split]?.add(label, 1);
      }
      splitHashes[row] = this.splits.hash(split);
      columns.labelStart.push(places);
      columns.offset.push(lowWord(offset));
      columns.offsetHigh.push(Math.floor(offset / 2 ** 32));
    }
    columns.areas.repeat(0, places - columns.areas.length);
    columns.split.append(splits, count);
    columns.container.repeat(container, count);
    columns.nameEnd.repeat(columns.names.byteLength, count);
    columns.length.append(lengths, count);
    columns.lengthHigh.repeat(0, count);
    const path = this.containerHash[container] ?? 0;
    const marks = { path, labels: labelHashes, splits: splitHashes, offsets, lengths, digests };
    this.fingerprint.addRows(marks, count);
    this.samples += count;
    this.tick();
  }

  files(labels: readonly number[], split: number, container: number, names: PackedNames): void {
    const count = names.ends.length;
    const { columns } = this;
    this.checkRoom(labels.length * count);
    const counts = this.counts[split];
    let labelHash = 0;
    for (const label of labels) {
      labelHash += this.classes.hash(label);
      counts?.add(label, count);
    }
    columns.labelStart.climb(columns.labels.length, labels.length, count);
    const [label] = labels;
    if (label !== undefined && labels.length === 1) columns.labels.repeat(label, count);
    else
      for (let file = 0; file < count; file++) for (const one of labels) columns.labels.push(one);
    if (labels.length === 0) this.unlabelled += count;
    columns.areas.repeat(0, labels.length * count);
    columns.split.repeat(split, count);
    columns.container.repeat(container, count);
    columns.nameEnd.append(names.ends, count, columns.names.byteLength);
    columns.names.append(names.bytes);
    for (const column of [columns.offset, columns.offsetHigh, columns.length, columns.lengthHigh])
      column.repeat(0, count);
    const path = this.containerHash[container] ?? 0;
    const marks = { path, labels: labelHash, split: this.splits.hash(split) };
    this.fingerprint.addFiles({ ...marks, offset: 0, size: 0, digest: 0 }, names);
    this.samples += count;
    this.tick();
  }

  private finishColumns(newId: Uint32Array): IndexHeader['columns'] {
    const classOrder = new Column(u32, this.store);
    classOrder.append(newId, newId.length);
    return Object.fromEntries(
      Object.entries({ ...this.columns, classOrder }).map(([name, column]) => [
        name,
        column.finish(),
      ]),
    );
  }

  private checkRoom(labels: number): void {
    if (
      this.columns.labels.length + labels > maxOffset ||
      this.columns.names.byteLength > maxOffset - batchRoom
    )
      throw new LimitReached('index full');
  }

  issue(found: Issue): void {
    this.issues.push(found);
  }

  tick(): void {
    this.report(this.samples, this.classes.list.length, this.done);
  }

  share(done: number): void {
    this.done = done;
    this.tick();
  }

  describe(facts: {
    readonly task: Task;
    readonly modality: Modality;
    readonly classNames?: readonly string[];
  }): void {
    this.task = facts.task;
    this.modality = facts.modality;
    if (facts.classNames !== undefined) this.named = facts.classNames;
  }

  /**
   * Class names in their final order (those the format named, then the others by code unit), the
   * columns, the fingerprint, and the checks that hold for any format. Nothing may be added afterwards.
   */
  finish(): {
    readonly classNames: readonly string[];
    readonly columns: IndexHeader['columns'];
    readonly splitNames: readonly string[];
    readonly fingerprint: string;
    readonly issues: readonly Issue[];
  } {
    for (const name of this.named) this.classId(name);
    const newId = new Uint32Array(this.classes.list.length).fill(unplaced);
    const classNames: string[] = new Array<string>(newId.length);
    let places = 0;
    const place = (id: number): void => {
      if (newId[id] !== unplaced) return;
      classNames[places] = this.classes.list[id] ?? '';
      newId[id] = places++;
    };
    for (const name of this.named) place(this.classId(name));
    if (places < newId.length)
      for (const name of this.classes.list
        .filter((_, id) => newId[id] === unplaced)
        .sort((a, b) => (a < b ? -1 : 1)))
        place(this.classId(name));
    const counts = this.counts.map((tally) => tally.inOrder(newId));
    const { samples, unlabelled } = this;
    const splitNames = this.splits.list;
    const hasObjects = this.task === 'detection' || this.task === 'segmentation';
    const hasSpans = this.task === 'sequence';
    const counted = { classNames, splitNames, counts, samples, unlabelled };
    const found = checkIndex({ ...counted, hasObjects, hasSpans });
    return {
      classNames,
      columns: this.finishColumns(newId),
      splitNames,
      fingerprint: this.fingerprint.digest(classNames),
      issues: [...this.issues, ...found],
    };
  }
}
