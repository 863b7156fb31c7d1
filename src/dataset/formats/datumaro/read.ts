import { JsonScanner } from '../../json/jsonScanner';
import { KeyTable } from '../../json/keyTable';
import type { AreaClass, OpenFile } from '../../types';
import { areaClass } from '../records/areas';

type Id = number | string;

/** What of an item is read: its objects, or the labels it has as a whole. */
export type LabelSet = 'objects' | 'labels';

/** A picture with the ids of its labels, and where it stands in the file. */
export interface DatumaroItem {
  readonly id: string;
  /** As the item says; null where it does not. */
  readonly path: string | null;
  readonly labels: readonly Id[];
  readonly areas: readonly AreaClass[];
  readonly offset: number;
}

/** What a file says beside its items. */
export interface DatumaroFacts {
  /** Names of the labels; their ids are their places. */
  readonly names: string[];
  hasObjects: boolean;
  hasLabels: boolean;
  hasOutlines: boolean;
  crowds: number;
  /** Annotations without a label, items without an id. */
  incomplete: number;
}

export const noFacts = (): DatumaroFacts => ({
  names: [],
  hasObjects: false,
  hasLabels: false,
  hasOutlines: false,
  crowds: 0,
  incomplete: 0,
});

const maxNames = 1 << 20;
const topKeys = new KeyTable(['categories', 'items']);
const categoryKeys = new KeyTable(['label']);
const labelKeys = new KeyTable(['labels']);
const nameKeys = new KeyTable(['name']);
const itemKeys = new KeyTable(['id', 'annotations', 'image', 'media']);
const pathKeys = new KeyTable(['path']);
const annotationKeys = new KeyTable(['type', 'label_id', 'group', 'bbox', 'points', 'attributes']);
const attributeKeys = new KeyTable(['is_crowd']);

const outlines: ReadonlySet<string> = new Set(['polygon', 'mask', 'ellipse']);
const objects: ReadonlySet<string> = new Set([
  ...outlines,
  ...['bbox', 'rotated_bbox', 'polyline', 'points', 'skeleton', 'cuboid_2d', 'cuboid_3d'],
]);

const readNames = (scanner: JsonScanner, into: string[]): void =>
  scanner.object(categoryKeys, (category) => {
    if (category < 0) scanner.skip();
    else
      scanner.object(labelKeys, (key) => {
        if (key < 0 || into.length > 0) scanner.skip();
        else
          scanner.array(() => {
            let name = null as string | null;
            scanner.object(nameKeys, (own) => {
              if (own === 0) name = scanner.text();
              else scanner.skip();
            });
            if (into.length < maxNames) into.push(name ?? String(into.length));
          });
      });
  });

/** Reads annotations one by one without an object for each. */
class AnnotationReader {
  labels: Id[] = [];
  areas: AreaClass[] = [];
  private readonly groups = new Map<string, number>();
  private type = '';
  private label: Id | null = null;
  private group: Id | null = null;
  private isCrowd = false;
  private pixels = NaN;
  private numbers = 0;
  private firstX = 0;
  private firstY = 0;
  private lastX = 0;
  private lastY = 0;
  private x = 0;
  private twice = 0;

  constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: DatumaroFacts,
    private readonly wanted: LabelSet,
  ) {}

  clear(): void {
    this.labels = [];
    this.areas = [];
    this.groups.clear();
  }

  private reset(): void {
    this.type = '';
    this.label = null;
    this.group = null;
    this.isCrowd = false;
    this.pixels = NaN;
    this.numbers = 0;
    this.twice = 0;
  }

  readonly read = (): void => {
    this.reset();
    this.scanner.object(annotationKeys, this.member);
    const { facts, type, label, wanted } = this;
    const isObject = objects.has(type);
    if (!isObject && type !== 'label') return;
    facts.hasObjects ||= isObject;
    facts.hasLabels ||= !isObject;
    facts.hasOutlines ||= outlines.has(type);
    if (isObject !== (wanted === 'objects')) return;
    if (label === null) facts.incomplete++;
    else if (this.isCrowd) facts.crowds++;
    else if (isObject) this.put(label);
    else if (!this.labels.includes(label)) this.labels.push(label);
  };

  /** Annotations of one group and one label are parts of one object. */
  private put(label: Id): void {
    const polygon = this.type === 'polygon' && this.numbers >= 6 ? this.polygonArea() : NaN;
    const area = areaClass(this.type === 'bbox' ? this.pixels : polygon);
    const { group } = this;
    const key = group === null || group === 0 ? null : `${String(group)} ${String(label)}`;
    const known = key === null ? undefined : this.groups.get(key);
    if (known === undefined) {
      if (key !== null) this.groups.set(key, this.labels.length);
      this.labels.push(label);
      this.areas.push(area);
    } else if (area > (this.areas[known] ?? 0)) this.areas[known] = area;
  }

  private readonly member = (key: number): void => {
    const { scanner } = this;
    if (key === 0) this.type = scanner.text() ?? '';
    else if (key === 1) this.label = scanner.id();
    else if (key === 2) this.group = scanner.id();
    else if (key === 3) this.readBox();
    else if (key === 4) this.readPoints();
    else if (key === 5)
      scanner.object(attributeKeys, (own) => {
        if (own === 0) this.isCrowd = scanner.number() === 1;
        else scanner.skip();
      });
    else scanner.skip();
  };

  private readBox(): void {
    let side = 0;
    let pixels = 1;
    this.scanner.array(() => {
      const value = this.scanner.number();
      if (side++ >= 2) pixels *= value;
    });
    this.pixels = side === 4 ? pixels : NaN;
  }

  /** x and y in turn; twice the area by the shoelace formula, summed on the way. */
  private readPoints(): void {
    this.scanner.array(() => {
      const value = this.scanner.number();
      if (this.numbers++ % 2 === 0) this.x = value;
      else if (this.numbers === 2) [this.firstX, this.firstY] = [this.x, value];
      else this.twice += this.lastX * value - this.x * this.lastY;
      if (this.numbers % 2 === 0) [this.lastX, this.lastY] = [this.x, value];
    });
  }

  private polygonArea(): number {
    const closing = this.lastX * this.firstY - this.firstX * this.lastY;
    return Math.abs(this.twice + closing) / 2;
  }
}

/**
 * Reads a file of Datumaro front to back: names into the facts, each item to `each`. Throws
 * JsonDamage where it ends early, after what was whole has been handed over.
 */
export const readDatumaro = (
  file: OpenFile,
  wanted: LabelSet,
  facts: DatumaroFacts,
  each: (item: DatumaroItem) => void,
): void => {
  const scanner = new JsonScanner(file);
  const annotations = new AnnotationReader(scanner, facts, wanted);
  const readPath = (): string | null => {
    let path = null as string | null;
    scanner.object(pathKeys, (key) => {
      if (key === 0) path = scanner.text();
      else scanner.skip();
    });
    return path === '' ? null : path;
  };
  const readItem = (): void => {
    const { offset } = scanner;
    let id = null as Id | null;
    let path = null as string | null;
    annotations.clear();
    scanner.object(itemKeys, (key) => {
      if (key === 0) id = scanner.peek() === 0x22 ? scanner.text() : scanner.id();
      else if (key === 1) scanner.array(annotations.read);
      else if (key > 1) path = readPath() ?? path;
      else scanner.skip();
    });
    const { labels, areas } = annotations;
    if (id === null && path === null) facts.incomplete++;
    else each({ id: String(id ?? ''), path, labels, areas, offset });
  };
  scanner.object(topKeys, (key) => {
    if (key === 0) readNames(scanner, facts.names);
    else if (key === 1) scanner.array(readItem);
    else scanner.skip();
  });
};

/** Ends a first look. */
class Enough extends Error {}

/**
 * The names and kinds of annotations in a file, without its items: as far as it takes to know that
 * there are objects, to the end where there are none. Throws JsonDamage as `readDatumaro`.
 */
export const lookAtDatumaro = (file: OpenFile, facts: DatumaroFacts): void => {
  try {
    readDatumaro(file, 'objects', facts, () => {
      if (facts.hasObjects && facts.names.length > 0) throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
};
