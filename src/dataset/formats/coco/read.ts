import { JsonScanner } from '../../json/jsonScanner';
import { KeyTable } from '../../json/keyTable';
import type { AreaClass, OpenFile } from '../../types';
import { areaClass } from '../records/areas';

type Id = number | string;

/** Numbers of objects, in arrays that double. */
class Numbers<T extends Int32Array | Uint8Array | Float64Array> {
  length = 0;
  constructor(
    private values: T,
    private readonly make: (length: number) => T,
  ) {}
  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = this.make(2 * this.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }
  get all(): T {
    return this.values.subarray(0, this.length) as T;
  }
}
const int32 = (length: number): Int32Array => new Int32Array(length);
const bytes = (length: number): Uint8Array => new Uint8Array(length);
const float64 = (length: number): Float64Array => new Float64Array(length);

/** Ids below this have their place in an array, others in a map. */
const smallIds = 1 << 21;

/** Ids by the order in which they are met. */
export class Ids {
  readonly list: Id[] = [];
  private readonly places = new Map<Id, number>();
  /** Place + 1 of small whole ids, 0 for one not met. */
  private small: Int32Array = new Int32Array(1024);

  place(id: Id): number {
    const isSmall = typeof id === 'number' && id >= 0 && id < smallIds && Number.isInteger(id);
    const known = isSmall ? (this.small[id] ?? 0) - 1 : (this.places.get(id) ?? -1);
    if (known >= 0) return known;
    const place = this.list.length;
    this.list.push(id);
    if (isSmall) this.keep(id, place + 1);
    else this.places.set(id, place);
    return place;
  }

  private keep(id: number, value: number): void {
    if (id >= this.small.length) {
      const wider = new Int32Array(Math.min(smallIds, 2 * id));
      wider.set(this.small);
      this.small = wider;
    }
    this.small[id] = value;
  }
}

export interface Category {
  readonly name: string;
  readonly parent: string | null;
  readonly frequency: string | null;
}

/** What one file says: objects as columns, images and categories by the place of their id. */
export class CocoFile {
  readonly imageIds = new Ids();
  readonly categoryIds = new Ids();
  /** Name of the picture by image; absent where only an annotation names the image. */
  readonly files: (string | undefined)[] = [];
  readonly categories: (Category | undefined)[] = [];
  /** Places of the categories in the order of the file. */
  readonly declared: number[] = [];
  readonly image = new Numbers(int32(1024), int32);
  readonly category = new Numbers(int32(1024), int32);
  readonly area = new Numbers(bytes(1024), bytes);
  readonly annotationIds = new Numbers(float64(1024), float64);
  crowds = 0;
  boxes = 0;
  masks = 0;
  captions = 0;
  /** Annotations without an image or a category. */
  incomplete = 0;
  /** Images named again by the same id. */
  repeatedImages = 0;
}

const topKeys = new KeyTable(['images', 'annotations', 'categories']);
const imageKeys = new KeyTable(['id', 'file_name', 'coco_url']);
const categoryKeys = new KeyTable(['id', 'name', 'supercategory', 'frequency']);
const annotationKeys = new KeyTable([
  'id',
  'image_id',
  'category_id',
  'iscrowd',
  'area',
  'bbox',
  'segmentation',
  'caption',
  'segments_info',
]);

/** "http://images.cocodataset.org/train2017/1.jpg" is "train2017/1.jpg". */
const nameOfUrl = (url: string): string => url.split('/').slice(-2).join('/');

const readImage = (scanner: JsonScanner, into: CocoFile): void => {
  let id = null as Id | null;
  let name = null as string | null;
  let url = null as string | null;
  scanner.object(imageKeys, (key) => {
    if (key === 0) id = scanner.id();
    else if (key === 1) name = scanner.text();
    else if (key === 2) url = scanner.text();
    else scanner.skip();
  });
  if (id === null) {
    into.incomplete++;
    return;
  }
  const place = into.imageIds.place(id);
  if (into.files[place] !== undefined) into.repeatedImages++;
  into.files[place] = name ?? (url === null ? '' : nameOfUrl(url));
};

const readCategory = (scanner: JsonScanner, into: CocoFile): void => {
  let id = null as Id | null;
  let name = null as string | null;
  let parent = null as string | null;
  let frequency = null as string | null;
  scanner.object(categoryKeys, (key) => {
    if (key === 0) id = scanner.id();
    else if (key === 1) name = scanner.text();
    else if (key === 2) parent = scanner.text();
    else if (key === 3) frequency = scanner.text();
    else scanner.skip();
  });
  if (id === null) return;
  const place = into.categoryIds.place(id);
  if (into.categories[place] === undefined) into.declared.push(place);
  into.categories[place] ??= { name: name ?? String(id), parent, frequency };
};

/** Reads annotations one by one without an object for each. */
class AnnotationReader {
  private imageId: Id | null = null;
  private categoryId: Id | null = null;
  private id: Id | null = null;
  private isCrowd = false;
  private area = NaN;
  private width = NaN;
  private height = NaN;
  private side = 0;
  private hasBox = false;
  /** Captions have no category: they lack nothing. */
  private isCaption = false;
  private isPart = false;
  /** Where the objects of a picture's segments begin. */
  private partsFrom = -1;

  constructor(
    private readonly scanner: JsonScanner,
    private readonly into: CocoFile,
  ) {}

  readonly read = (): void => {
    this.reset();
    this.scanner.object(annotationKeys, this.member);
    const { into } = this;
    if (this.partsFrom >= 0) {
      const image = this.imageId === null ? -1 : into.imageIds.place(this.imageId);
      const all = into.image.all;
      for (let at = this.partsFrom; at < all.length; at++) all[at] = image;
    } else if (this.imageId !== null && this.categoryId !== null)
      this.put(into.imageIds.place(this.imageId), this.categoryId);
    else if (!this.isCaption) into.incomplete++;
  };

  private reset(): void {
    this.clear();
    this.imageId = null;
    this.isCaption = false;
    this.partsFrom = -1;
  }

  private clear(): void {
    this.categoryId = null;
    this.id = null;
    this.isCrowd = false;
    this.area = NaN;
    this.hasBox = false;
  }

  private put(image: number, categoryId: Id): void {
    const { into } = this;
    if (typeof this.id === 'number' && !this.isPart) into.annotationIds.push(this.id);
    if (this.isCrowd) {
      into.crowds++;
      return;
    }
    if (this.hasBox) into.boxes++;
    const known = this.area > 0 ? this.area : this.hasBox ? this.width * this.height : 0;
    into.image.push(image);
    into.category.push(into.categoryIds.place(categoryId));
    into.area.push(areaClass(known));
  }

  private readonly member = (key: number): void => {
    const { scanner } = this;
    if (key === 0) this.id = scanner.id();
    else if (key === 1) this.imageId = scanner.id();
    else if (key === 2) this.categoryId = scanner.id();
    else if (key === 3) this.isCrowd = scanner.number() === 1;
    else if (key === 4) this.area = scanner.number();
    else if (key === 5) this.readBox();
    else if (key === 8 && !this.isPart) this.readParts();
    else {
      if (key === 6) this.into.masks++;
      else if (key === 7) {
        this.into.captions++;
        this.isCaption = true;
      }
      scanner.skip();
    }
  };

  private readBox(): void {
    this.side = 0;
    this.scanner.array(this.readSide);
    this.hasBox = this.side === 4;
  }

  private readonly readSide = (): void => {
    const { side, scanner } = this;
    // The sides are only needed where no area stands before them.
    if (side < 2 || this.area > 0) scanner.skip();
    else if (side === 2) this.width = scanner.number();
    else this.height = scanner.number();
    this.side++;
  };

  /** Panoptic: an annotation a picture, with its segments. The picture's id may follow. */
  private readParts(): void {
    this.partsFrom = this.into.image.length;
    this.isPart = true;
    this.into.masks++;
    const { imageId } = this;
    this.scanner.array(() => {
      this.clear();
      this.scanner.object(annotationKeys, this.member);
      if (this.categoryId === null) this.into.incomplete++;
      else this.put(-1, this.categoryId);
    });
    this.imageId = imageId;
    this.isPart = false;
  }
}

/** Area class of an object as kept in the column. */
export const areaAt = (areas: Uint8Array, at: number): AreaClass => {
  const area = areas[at];
  return area === 1 || area === 2 || area === 3 ? area : 0;
};

/**
 * Reads a file of COCO's kind into `into`; `tick` is called now and then with the place in the
 * file. Throws JsonDamage where it ends early, after what was whole has been kept.
 */
export const readCoco = (file: OpenFile, into: CocoFile, tick: (offset: number) => void): void => {
  const scanner = new JsonScanner(file);
  const annotations = new AnnotationReader(scanner, into);
  let count = 0;
  const ticking = (read: () => void) => (): void => {
    if ((++count & 0xfff) === 0) tick(scanner.offset);
    read();
  };
  const image = ticking(() => readImage(scanner, into));
  const category = ticking(() => readCategory(scanner, into));
  const annotation = ticking(annotations.read);
  scanner.object(topKeys, (key) => {
    if (key < 0) scanner.skip();
    else scanner.array(key === 0 ? image : key === 1 ? annotation : category);
  });
};
