import type { Crew } from '../crew/crew';
import type { FileSource, FileStat, FolderNames } from '../types';
import { StampNotes } from './stampGroup';
import type { StampGroup } from './stampGroup';

/** Names kept of folders already listed, some 40 MB at most. */
const maxKept = 1 << 19;

/** A source that takes notes. */
export interface Recording {
  readonly source: FileSource;
  /** From here on no listing is kept that is not yet. */
  settle(): void;
  stamps(): readonly StampGroup[];
}

/**
 * A source that notes every folder listed and every file opened, with the state it was in before.
 * Samples themselves are not opened by a scan, so the notes are the folders and the label files.
 * Each format looks into the same folders before one is chosen, so a listing is kept until then, up
 * to a bound. Tasks are done by a crew, and noted in the order of their inputs, not of the work.
 */
export const recordingSource = (source: FileSource, crew?: Crew): Recording => {
  const seen = new Set<string>();
  const notes = new StampNotes();
  const listed = new Map<string, FolderNames>();
  let kept = 0;
  let room = maxKept;
  const note = (path: string, stat: FileStat): void => {
    if (seen.has(path)) return;
    seen.add(path);
    notes.add(path, stat);
  };
  return {
    source: {
      ...source,
      list: (path) => {
        const known = listed.get(path);
        if (known !== undefined) return known;
        note(path, source.stat(path));
        const names = source.list(path);
        const count = names.files.length + names.folders.length + names.links.length;
        if (kept + count <= room) {
          kept += count;
          listed.set(path, names);
        }
        return names;
      },
      open: (path) => {
        const file = source.open(path);
        try {
          note(path, file.stat ?? source.stat(path));
        } catch (error) {
          file.close();
          throw error;
        }
        return file;
      },
      readText: (path, maxBytes) => {
        note(path, source.stat(path));
        return source.readText(path, maxBytes);
      },
      inOrder: function* (task, inputs) {
        if (crew === undefined)
          for (const input of inputs) {
            const part = recordingSource(source);
            const output = task.run(part.source, input);
            notes.append(part.stamps());
            yield output;
          }
        else
          for (const { output, stamps } of crew.inOrder(task, inputs)) {
            notes.append(stamps);
            yield output;
          }
      },
    },
    settle: () => {
      room = 0;
    },
    stamps: () => notes.groups(),
  };
};
