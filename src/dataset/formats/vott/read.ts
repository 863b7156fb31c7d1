import { JsonScanner } from '../../json/jsonScanner';
import { KeyTable } from '../../json/keyTable';
import type { AreaClass, OpenFile } from '../../types';
import { areaClass } from '../records/areas';

/** A picture and its regions, a label for every tag of one. */
export interface VottAsset {
  readonly name: string;
  readonly labels: readonly string[];
  readonly areas: readonly AreaClass[];
  /** Place in the file. */
  readonly offset: number;
}

/** What is known of all assets. */
export interface VottFacts {
  readonly tags: string[];
  /** Regions without a tag. */
  untagged: number;
  /** Assets without a name, or that are none. */
  damaged: number;
  /** Pictures nobody has looked at, which are not background. */
  unvisited: number;
}

export const noFacts = (): VottFacts => ({
  tags: [],
  untagged: 0,
  damaged: 0,
  unvisited: 0,
});

const topKeys = new KeyTable(['asset', 'regions', 'tags', 'assets']);
const assetKeys = new KeyTable(['asset', 'regions']);
const metaKeys = new KeyTable(['name', 'path', 'state']);
const regionKeys = new KeyTable(['tags', 'boundingBox']);
const boxKeys = new KeyTable(['width', 'height']);
const nameKeys = new KeyTable(['name']);
const noKeys = new KeyTable([]);

/** Reads what one asset has, member by member. */
class AssetReader {
  private name = '';
  private path = '';
  private state = NaN;
  private regions = 0;
  private labels: string[] = [];
  private areas: AreaClass[] = [];

  constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: VottFacts,
    private readonly each: (asset: VottAsset) => void,
  ) {}

  /** Takes the value of a key of `assetKeys`. */
  member(key: number): void {
    const { scanner } = this;
    if (key === 0) this.readMeta();
    else if (key === 1) scanner.array(() => this.readRegion());
    else scanner.skip();
  }

  /** Hands over what was read, and begins anew. */
  end(offset: number): void {
    const { facts, labels, areas, path } = this;
    const name = this.name === '' ? path.slice(path.lastIndexOf('/') + 1) : this.name;
    if (name === '') facts.damaged++;
    else if (this.state === 0 && this.regions === 0) facts.unvisited++;
    else this.each({ name, labels, areas, offset });
    [this.name, this.path, this.state, this.regions] = ['', '', NaN, 0];
    [this.labels, this.areas] = [[], []];
  }

  private readMeta(): void {
    const { scanner } = this;
    scanner.object(metaKeys, (key) => {
      if (key === 0) this.name = scanner.text() ?? '';
      else if (key === 1) this.path = scanner.text() ?? '';
      else if (key === 2) this.state = scanner.number();
      else scanner.skip();
    });
  }

  private readRegion(): void {
    const { scanner } = this;
    const tags: string[] = [];
    let width = NaN;
    let height = NaN;
    this.regions++;
    scanner.object(regionKeys, (key) => {
      if (key === 0)
        scanner.array(() => {
          const tag = scanner.text()?.trim() ?? '';
          if (tag !== '') tags.push(tag);
        });
      else if (key === 1)
        scanner.object(boxKeys, (side) => {
          if (side === 0) width = scanner.number();
          else if (side === 1) height = scanner.number();
          else scanner.skip();
        });
      else scanner.skip();
    });
    if (tags.length === 0) this.facts.untagged++;
    for (const tag of tags) {
      this.labels.push(tag);
      this.areas.push(areaClass(width * height));
    }
  }
}

/**
 * Reads an export (`assets` by id) or the file of one asset, front to back in memory of a fixed
 * size; also the project's own file, for its tags. Throws JsonDamage where it ends early, after what
 * was whole has been handed over.
 */
export const readVott = (
  file: OpenFile,
  facts: VottFacts,
  each: (asset: VottAsset) => void,
): void => {
  const scanner = new JsonScanner(file);
  const reader = new AssetReader(scanner, facts, each);
  const readTag = (): void => {
    let name = '';
    scanner.object(nameKeys, (key) => {
      if (key === 0) name = scanner.text()?.trim() ?? '';
      else scanner.skip();
    });
    if (name !== '') facts.tags.push(name);
  };
  const readAsset = (): void => {
    const { offset } = scanner;
    scanner.object(assetKeys, (key) => reader.member(key));
    reader.end(offset);
  };
  let isAsset = false as boolean;
  scanner.object(topKeys, (key) => {
    isAsset ||= key === 0 || key === 1;
    if (key === 2) scanner.array(readTag);
    else if (key === 3) scanner.object(noKeys, readAsset);
    else reader.member(key);
  });
  if (isAsset) reader.end(0);
};
