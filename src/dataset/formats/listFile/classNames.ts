/** The folder names of one class: the last, and the last two. */
interface Folders {
  last: string | null;
  two: string | null;
}

/**
 * Finds the names of numbered classes in the paths of their files: ".../tench/1.jpg 0" makes class 0
 * "tench" where every file of it lies in a folder of that name and no other class's do.
 */
export class FolderNames {
  private readonly ids = new Map<number, Folders>();

  add(id: number, path: string): void {
    const slash = path.lastIndexOf('/');
    const before = slash <= 0 ? -1 : path.lastIndexOf('/', slash - 1);
    const last = slash <= 0 ? '' : path.slice(before + 1, slash);
    const known = this.ids.get(id);
    if (known === undefined) {
      this.ids.set(id, { last, two: this.twoOf(path, before, slash) });
      return;
    }
    if (known.two !== null && known.two !== this.twoOf(path, before, slash)) known.two = null;
    if (known.last !== last) known.last = null;
  }

  /** Names of all ids; null where folders do not name classes. */
  names(): ReadonlyMap<number, string> | null {
    return this.by('last') ?? this.by('two');
  }

  private twoOf(path: string, before: number, slash: number): string {
    return before <= 0 ? '' : path.slice(path.lastIndexOf('/', before - 1) + 1, slash);
  }

  private by(kind: keyof Folders): ReadonlyMap<number, string> | null {
    const found = new Map<number, string>();
    for (const [id, folders] of this.ids) {
      const name = folders[kind];
      if (name === null || name === '') return null;
      found.set(id, name);
    }
    return new Set(found.values()).size === found.size && found.size > 0 ? found : null;
  }
}

/** Names for all ids of several lists; lists whose folders name nothing do not speak. */
export const namesOfLists = (lists: readonly FolderNames[]): ReadonlyMap<number, string> | null => {
  const all = new Map<number, string>();
  for (const list of lists)
    for (const [id, name] of list.names() ?? []) {
      if (all.has(id) && all.get(id) !== name) return null;
      all.set(id, name);
    }
  return all.size > 0 && new Set(all.values()).size === all.size ? all : null;
};
