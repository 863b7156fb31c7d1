import { isSystemError } from '../../issues';
import type { FileTask } from '../../types';
import { readVoc } from './read';

const maxBytes = 8 * 1024 * 1024;

/** How a file was: its objects count, it ends early, or nothing could be read from it. */
export const fileStates = { whole: 0, damaged: 1, unread: 2 } as const;

/** Annotations of one folder. */
export interface VocFiles {
  /** Absolute. */
  readonly folder: string;
  /** Joined by '/'. */
  readonly names: string;
}

/** What some annotations say. */
export interface VocObjects {
  /** Of each file: `fileStates`, and how many of its objects count. */
  readonly states: Uint8Array;
  readonly counts: Uint32Array;
  /** Of each object: its place in `classes`, and its area class. */
  readonly classIds: Uint32Array;
  readonly areas: Uint8Array;
  readonly classes: readonly string[];
  readonly difficult: number;
}

/** Reads the annotations of a folder. Objects marked difficult are only counted. */
export const vocObjects: FileTask<VocFiles, VocObjects> = {
  id: 'voc-objects',
  run: (source, { folder, names }) => {
    const states: number[] = [];
    const counts: number[] = [];
    const classIds: number[] = [];
    const areas: number[] = [];
    const classes = new Map<string, number>();
    let difficult = 0;
    const idOf = (name: string): number => {
      const known = classes.get(name);
      if (known === undefined) classes.set(name, classes.size);
      return known ?? classes.size - 1;
    };
    for (const name of names.split('/')) {
      const before = classIds.length;
      try {
        const file = source.open(`${folder}/${name}`);
        let bytes: Uint8Array;
        try {
          bytes = file.read(0, Math.min(file.size, maxBytes));
        } finally {
          file.close();
        }
        const xml = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
        const { objects, isDamaged } = readVoc(xml);
        const isLost = isDamaged && objects.length === 0;
        states.push(isLost ? fileStates.unread : isDamaged ? fileStates.damaged : fileStates.whole);
        for (const object of objects) {
          if (object.isDifficult) difficult++;
          else if (object.name !== '') {
            classIds.push(idOf(object.name));
            areas.push(object.area);
          }
        }
      } catch (error) {
        if (!isSystemError(error)) throw error;
        states.push(fileStates.unread);
      }
      counts.push(classIds.length - before);
    }
    return {
      states: Uint8Array.from(states),
      counts: Uint32Array.from(counts),
      classIds: Uint32Array.from(classIds),
      areas: Uint8Array.from(areas),
      ...{ classes: [...classes.keys()], difficult },
    };
  },
  isOutput: (value): value is VocObjects =>
    typeof value === 'object' && value !== null && 'states' in value && 'classIds' in value,
};
