import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { isImageName, join, listFolder } from '../folders';
import type { FilePlace } from '../records/filePlace';

const levels = 3;
const maxFolders = 256;

/** The pictures that are there by their name without ending: few people have all of them. */
export class PicturesById {
  private readonly folders: string[] = [];
  private readonly endings: string[] = [];
  /** Number of the folder and of the ending, in one. */
  private readonly places = new Map<string, number>();

  constructor(source: FileSource, root: string) {
    this.walk(source, root, '', levels);
  }

  get size(): number {
    return this.places.size;
  }

  find(id: string): FilePlace | null {
    const place = this.places.get(id);
    if (place === undefined) return null;
    const ending = this.endings[place % 256] ?? '';
    return { folder: this.folders[Math.floor(place / 256)] ?? '', name: id + ending };
  }

  private walk(source: FileSource, root: string, folder: string, left: number): void {
    let found;
    try {
      found = listFolder(source, join(root, folder));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return;
    }
    const at = this.folders.push(folder) - 1;
    for (const name of found.files.filter(isImageName)) {
      const dot = name.lastIndexOf('.');
      const id = name.slice(0, dot);
      if (!this.places.has(id)) this.places.set(id, at * 256 + this.ending(name.slice(dot)));
    }
    if (left > 0)
      for (const name of found.folders.slice(0, maxFolders))
        this.walk(source, root, join(folder, name), left - 1);
  }

  private ending(text: string): number {
    const known = this.endings.indexOf(text);
    if (known >= 0) return known;
    return this.endings.length < 255 ? this.endings.push(text) - 1 : 255;
  }
}
