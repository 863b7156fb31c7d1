import { isSystemError } from '../../issues';
import type { FileSource } from '../../types';
import { join, listFolder } from '../folders';
import { isObject } from '../jsonl/isObject';
import { isList } from '../records/values';

const maxText = 16 * 1024 * 1024;
const lists: ReadonlySet<string> = new Set(['LOC_synset_mapping.txt', 'words.txt']);
const index = 'imagenet_class_index.json';
const id = /^n\d{8}$/;

/** Lines "n01440764 tench, Tinca tinca". */
const fromLines = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, synset, words] = /^(n\d{8})[ \t]+(\S.*)$/.exec(line.trimEnd()) ?? [];
      return synset === undefined || words === undefined ? [] : [[synset, words]];
    }),
  );

/** `{"0": ["n01440764", "tench"], …}`, as Keras spreads it. */
const fromIndex = (text: string): ReadonlyMap<string, string> => {
  try {
    const value: unknown = JSON.parse(text);
    const pairs = Object.values(isObject(value) ? value : {});
    return new Map(
      pairs.flatMap((pair): [string, string][] => {
        if (!isList(pair)) return [];
        const [synset, words] = pair;
        return typeof synset === 'string' && typeof words === 'string' && words !== ''
          ? [[synset, words]]
          : [];
      }),
    );
  } catch {
    return new Map();
  }
};

/** Words of WordNet's ids, and the file of the dataset's folder that has them. */
export interface Synsets {
  readonly file: string;
  readonly words: ReadonlyMap<string, string>;
}

/** Null where the dataset brings no such file. */
export const readSynsets = (source: FileSource, root: string): Synsets | null => {
  try {
    const { files } = listFolder(source, root);
    const file = files.find((name) => lists.has(name)) ?? files.find((name) => name === index);
    if (file === undefined) return null;
    const text = source.readText(join(root, file), maxText);
    return { file, words: file === index ? fromIndex(text) : fromLines(text) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return null;
  }
};

/**
 * What to call classes that are named by ids of WordNet: the first of an id's words where no other
 * of these classes has it, else all its words, else the id behind them ("crane (n02012849)"). A
 * folder of another name keeps it. Null where no id has a word.
 */
export const namesOfSynsets = (
  folders: readonly string[],
  words: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | null => {
  const ids = folders.filter((name) => id.test(name) && words.has(name));
  if (ids.length === 0) return null;
  const taken = new Map<string, number>();
  const note = (name: string): void => void taken.set(name, (taken.get(name) ?? 0) + 1);
  const first = (synset: string): string => (words.get(synset) ?? '').split(',')[0]?.trim() ?? '';
  const all = (synset: string): string => (words.get(synset) ?? '').trim();
  for (const synset of ids) for (const name of new Set([first(synset), all(synset)])) note(name);
  for (const name of folders) if (!ids.includes(name)) note(name);
  const clear = (name: string): boolean => name !== '' && taken.get(name) === 1;
  return new Map(
    ids.map((synset) => {
      const name = [first(synset), all(synset)].find(clear);
      return [synset, name ?? `${first(synset)} (${synset})`];
    }),
  );
};
