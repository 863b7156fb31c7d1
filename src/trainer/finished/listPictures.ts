import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { LongtailError } from '../../common/errors';

/** What is taken for a picture in a folder; one that cannot be read is said to be so. */
const pictureEndings: ReadonlySet<string> = new Set([
  ...['.png', '.jpg', '.jpeg', '.jpe', '.jfif'],
  ...['.gif', '.bmp', '.webp', '.tif', '.tiff', '.avif', '.heic'],
]);

/** Pictures below a folder, by name, folder after folder; what begins with a dot is left out. */
const walk = function* (folder: string, inside: readonly string[]): Generator<readonly string[]> {
  const entries = readdirSync(join(folder, ...inside), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const way = [...inside, entry.name];
    if (entry.isDirectory()) yield* walk(folder, way);
    else if (
      pictureEndings.has(extname(entry.name).toLowerCase()) &&
      (entry.isFile() || (entry.isSymbolicLink() && isFile(join(folder, ...way))))
    )
      yield way;
  }
};

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    // A link to nothing: it is listed, and then cannot be read.
    return true;
  }
};

/** A picture to be looked at. */
export interface Picture {
  readonly path: string;
  /** Folders between the one that was asked for and the picture. */
  readonly folders: readonly string[];
}

/** How many pictures there are, and all of them one after the other. */
export interface Pictures {
  count(): number;
  each(): Generator<Picture>;
}

/**
 * The picture at a path, whatever its name, or all pictures of a folder and of those inside. Names
 * are read anew for each pass, so that a million of them are never held. Throws `model/no-such-path`.
 */
export const picturesAt = (path: string): Pictures => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new LongtailError('model/no-such-path', { path });
  if (!stats.isDirectory())
    return {
      count: () => 1,
      each: function* () {
        yield { path, folders: [] };
      },
    };
  return {
    count: () => {
      let count = 0;
      for (const way of walk(path, [])) count += Math.sign(way.length);
      return count;
    },
    each: function* () {
      for (const way of walk(path, []))
        yield { path: join(path, ...way), folders: way.slice(0, -1) };
    },
  };
};

/**
 * The class that the folders around a picture name, the innermost first; a class may be several of
 * them (“bird/robin”). null where none is one.
 */
export const classOfFolders = (
  folders: readonly string[],
  classes: ReadonlySet<string>,
): string | null => {
  for (let end = folders.length; end > 0; end--)
    for (let start = 0; start < end; start++) {
      const name = folders.slice(start, end).join('/');
      if (classes.has(name)) return name;
    }
  return null;
};
