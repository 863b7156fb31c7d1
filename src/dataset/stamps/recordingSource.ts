import type { Crew, Done } from '../crew/crew';
import type { FileSource, FileStat, FileTask, FolderNames } from '../types';
import { StampNotes } from './stampGroup';
import type { StampGroup } from './stampGroup';

/** Names kept of folders already listed, some 40 MB at most. */
const maxKept = 1 << 19;
/** A folder of so many files or folders is worth a second thread, which takes a moment to start. */
const many = 512;

/** A source that tells of every folder listed and every file opened, with the state it was in before. */
const tellingSource = (
  source: FileSource,
  tell: (path: string, stat: FileStat) => void,
): FileSource => ({
  ...source,
  list: (path) => {
    tell(path, source.stat(path));
    return source.list(path);
  },
  open: (path) => {
    const file = source.open(path);
    try {
      tell(path, file.stat ?? source.stat(path));
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  },
  readText: (path, maxBytes) => {
    tell(path, source.stat(path));
    return source.readText(path, maxBytes);
  },
});

/** What a task gives, and the state of what it read. */
export const recordTask = <Input, Output>(
  task: FileTask<Input, Output>,
  source: FileSource,
  input: Input,
): Done<Output> => {
  const notes = new StampNotes();
  const output = task.run(
    tellingSource(source, (path, stat) => notes.add(path, stat)),
    input,
  );
  return { output, stamps: notes.groups() };
};

/** A source that takes notes. */
export interface Recording {
  readonly source: FileSource;
  /** From here on no listing is kept that is not yet. */
  settle(): void;
  stamps(): readonly StampGroup[];
}

/** This thread without another. */
const alone = (source: FileSource): Crew => ({
  inOrder: function* (task, inputs) {
    for (const input of inputs) yield recordTask(task, source, input);
  },
  expectWork: () => undefined,
  close: () => undefined,
});

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
  const telling = tellingSource(source, note);
  return {
    source: {
      ...telling,
      list: (path) => {
        const known = listed.get(path);
        if (known !== undefined) return known;
        const names = telling.list(path);
        const count = names.files.length + names.folders.length + names.links.length;
        if (count >= many) crew?.expectWork();
        if (kept + count <= room) {
          kept += count;
          listed.set(path, names);
        }
        return names;
      },
      inOrder: function* (task, inputs) {
        for (const { output, stamps } of (crew ?? alone(source)).inOrder(task, inputs)) {
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
