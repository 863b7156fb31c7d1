import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { baseName, folderOf, isAudioName, isImageName, join, listFolder } from '../folders';
import { filePlace } from '../records/filePlace';
import type { FilePlace } from '../records/filePlace';

/** Folders beside an export where its files are looked for by name. */
const likely = ['', 'images', 'upload', 'audio', 'media'];
const maxFolders = 64;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The path in what a task shows: a local file's after `?d=`, else without host and query. */
const pathOf = (text: string): string => {
  const local = /[?&]d=([^&]*)/.exec(text)?.[1];
  return decode(local ?? text.replace(/[?#].*$/, '')).replace(/^[a-z0-9]+:\/\/[^/]*/i, '');
};

/** Path of the picture or sound a task shows; null for a task about something else. */
export const shownFile = (data: Readonly<Record<string, unknown>>): string | null => {
  for (const value of Object.values(data)) {
    if (typeof value !== 'string' || value.length > 4096 || value.includes('\n')) continue;
    const path = pathOf(value);
    if (isImageName(path) || isAudioName(path)) return path;
  }
  return null;
};

/** Finds shown files near an export: where they say, else by name in the usual folders. */
export class UploadedFiles {
  private readonly listed = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly source: FileSource,
    private readonly folder: string,
  ) {}

  find(path: string): FilePlace | null {
    const inside = path.replace(/^\/+(?:data\/(?=upload\/))?/, '');
    const said = filePlace('', inside);
    const places = said === null ? [] : [said];
    const name = baseName(inside.replaceAll('\\', '/'));
    // Label Studio puts a mark of its own before the name of an uploaded file.
    const original = name.replace(/^[0-9a-f]{8}-(?=.)/, '');
    for (const folder of [...likely, folderOf(said === null ? '' : join('images', inside))])
      for (const each of new Set([name, original])) places.push({ folder, name: each });
    return places.find((place) => this.names(place.folder).has(place.name)) ?? null;
  }

  private names(folder: string): ReadonlySet<string> {
    const known = this.listed.get(folder);
    if (known !== undefined) return known;
    let names: readonly string[] = [];
    try {
      if (this.listed.size < maxFolders)
        names = listFolder(this.source, join(this.folder, folder)).files;
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
    const found = new Set(names);
    if (this.listed.size < maxFolders) this.listed.set(folder, found);
    return found;
  }
}
