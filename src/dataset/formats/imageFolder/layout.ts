import { knownSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { hasEnding, join, listFolder } from '../folders';
import type { Listing } from '../folders';

/** How the folders of an image folder are stacked. */
export type Layout =
  /** base/class/image */
  | 'flat'
  /** base/split/class/image */
  | 'split-class'
  /** base/class/split/image */
  | 'class-split';

export interface ImageFolderPlan {
  readonly layout: Layout;
  /** Folder the layout starts in, relative to the root: not '' when the root only wraps another. */
  readonly base: string;
  readonly top: Listing;
  /** How many of the looked-at folders have pictures where the layout wants them. */
  readonly withImages: number;
  readonly looked: number;
}

/** Folders looked into before deciding: enough to tell, few enough to be quick. */
const probes = 12;
const maxWraps = 4;

const spread = (names: readonly string[]): string[] => {
  if (names.length <= probes) return [...names];
  const step = names.length / probes;
  return Array.from({ length: probes }, (_, i) => names[Math.floor(i * step)] ?? '');
};

const tryList = (source: FileSource, path: string): Listing => {
  try {
    return listFolder(source, path);
  } catch {
    return { files: [], folders: [], broken: [] };
  }
};

/** Whether a name is one of a sample, by its ending. */
export type IsSample = (name: string) => boolean;

const hasImages = ({ files }: Listing, isSample: IsSample): boolean => hasEnding(files, isSample);

/** Whether pictures lie here or one folder below. */
const holdsImages = (
  source: FileSource,
  path: string,
  listing: Listing,
  isSample: IsSample,
): boolean =>
  hasImages(listing, isSample) ||
  spread(listing.folders).some((name) => hasImages(tryList(source, join(path, name)), isSample));

const planAt = (
  source: FileSource,
  root: string,
  base: string,
  isSample: IsSample,
): ImageFolderPlan | null => {
  const here = join(root, base);
  const top = tryList(source, here);
  const splitNames = top.folders.filter((name) => knownSplit(name) !== null);
  const names = [...new Set([...splitNames.slice(0, probes), ...spread(top.folders)])];
  const listings = names.map((name) => ({ name, listing: tryList(source, join(here, name)) }));
  const fitting = (wanted: readonly { name: string; listing: Listing }[]): number =>
    wanted.filter(({ name, listing }) => holdsImages(source, join(here, name), listing, isSample))
      .length;
  const plan = (layout: Layout): ImageFolderPlan => ({
    layout,
    base,
    top,
    withImages: fitting(listings),
    looked: names.length,
  });
  const splits = listings.filter(({ name }) => splitNames.includes(name));
  if (splits.some(({ listing }) => listing.folders.length > 0)) return plan('split-class');
  // train/ and test/ that hold pictures directly, and nothing else: pictures without labels.
  if (splits.length > 0 && splits.length === top.folders.length) return plan('split-class');
  const inside = listings.filter(({ listing }) => listing.folders.length > 0);
  const splitInside = inside.filter(({ listing }) =>
    listing.folders.every((name) => knownSplit(name) !== null),
  );
  if (splitInside.length > 0 && splitInside.length === inside.length) {
    const direct = listings.filter(({ listing }) => hasImages(listing, isSample)).length;
    if (direct === 0) return plan('class-split');
  }
  return top.folders.length > 0 ? plan('flat') : null;
};

/**
 * Decides the layout from a few folders. A root that holds a single folder and no picture is
 * taken for its wrapper. Null when there is no folder at all.
 */
export const planImageFolder = (
  source: FileSource,
  root: string,
  isSample: IsSample,
): ImageFolderPlan | null => {
  let base = '';
  for (let depth = 0; depth <= maxWraps; depth++) {
    const { folders, files } = tryList(source, join(root, base));
    const only = folders.length === 1 && !files.some(isSample) ? folders[0] : undefined;
    if (only === undefined || knownSplit(only) !== null) break;
    const inside = tryList(source, join(root, base, only));
    if (hasImages(inside, isSample) || inside.folders.length === 0) break;
    base = join(base, only);
  }
  return planAt(source, root, base, isSample);
};
