import { readYaml } from '../../bytes/plainYaml';
import { knownSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { extensionOf, join, listFolder, rootFolder } from '../folders';

/** One split as the description names it: folders or lists of pictures. */
interface YoloSet {
  readonly split: string;
  readonly places: readonly string[];
}

/** What `data.yaml` or `obj.data` says. */
export interface YoloConfig {
  /** The description, below the dataset's folder; null where there is none. */
  readonly file: string | null;
  /** `path` of the description: the folder its places are in. */
  readonly base: string;
  readonly sets: readonly YoloSet[];
  readonly names: ReadonlyMap<number, string>;
  /** Numbers a row has for key points. */
  readonly keyPointNumbers: number;
  readonly task: string;
}

const maxBytes = 1024 * 1024;
const maxClasses = 100_000;
const maxFiles = 16;

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item: unknown) =>
    typeof item === 'string' && item.trim() !== '' ? [item.trim()] : [],
  );

const nameText = (value: unknown): string | null =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

const namesOf = (value: unknown, count: unknown): ReadonlyMap<number, string> => {
  const names = new Map<number, string>();
  const pairs: Iterable<readonly [unknown, unknown]> =
    value instanceof Map ? value : Array.isArray(value) ? value.entries() : [];
  for (const [key, item] of pairs) {
    const id = Number(key);
    const name = nameText(item);
    if (Number.isInteger(id) && id >= 0 && name !== null && name !== '') names.set(id, name);
  }
  if (names.size === 0 && typeof count === 'number')
    for (let id = 0; id < Math.min(count, maxClasses); id++) names.set(id, String(id));
  return names;
};

/** Names a line, by their place: classes.txt, obj.names. */
export const namesOfLines = (text: string): ReadonlyMap<number, string> =>
  new Map(
    text
      .trimEnd()
      .split(/\r?\n/)
      .slice(0, maxClasses)
      .flatMap((line, id): (readonly [number, string])[] =>
        line.trim() === '' ? [] : [[id, line.trim()]],
      ),
  );

const setsOf = (entries: Iterable<readonly [unknown, unknown]>): readonly YoloSet[] =>
  [...entries].flatMap(([key, value]) => {
    const isSplit = typeof key === 'string' && /^(train|val|valid|validation|test)$/.test(key);
    const places = isSplit ? textsOf(value) : [];
    return places.length === 0 ? [] : [{ split: knownSplit(String(key)) ?? '', places }];
  });

/** What the text of a `data.yaml` says; null where it describes no YOLO dataset. */
const readDataYaml = (text: string, file: string): YoloConfig | null => {
  const value = readYaml(text);
  if (!(value instanceof Map)) return null;
  const sets = setsOf(value);
  const names = namesOf(value.get('names'), value.get('nc'));
  if (sets.length === 0 || (names.size === 0 && !value.has('nc') && !value.has('names')))
    return null;
  const shape: unknown = value.get('kpt_shape');
  const numbers = Array.isArray(shape) ? Number(shape[0]) * Number(shape[1]) : 0;
  const task = nameText(value.get('task')) ?? '';
  const base = textsOf(value.get('path'))[0] ?? '';
  const keyPointNumbers = Number.isInteger(numbers) && numbers > 0 ? numbers : 0;
  return { file, base, sets, names, keyPointNumbers, task };
};

const tail = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What the text of Darknet's `obj.data` says: `train = data/train.txt`, a setting a line. */
const readObjData = (text: string, file: string, source: FileSource, folder: string) => {
  const lines = text.matchAll(/^[ \t]*(\w+)[ \t]*=[ \t]*([^\r\n]*?)[ \t]*\r?$/gm);
  const settings = new Map([...lines].map(([, key = '', value = '']) => [key, value]));
  const sets = setsOf(settings);
  const listed = settings.get('names');
  if (sets.length === 0 || (listed === undefined && !settings.has('classes'))) return null;
  // Darknet's paths start where it was run: the file of names lies beside this one.
  let names: ReadonlyMap<number, string> = new Map();
  try {
    const inside = join(folder, file.slice(0, Math.max(0, file.lastIndexOf('/'))));
    if (listed !== undefined)
      names = namesOfLines(source.readText(join(inside, tail(listed)), maxBytes));
  } catch {
    // Numbers are shown instead.
  }
  if (names.size === 0) names = namesOf(null, Number(settings.get('classes')));
  return { file, base: '', sets, names, keyPointNumbers: 0, task: '' };
};

const readConfig = (source: FileSource, folder: string, file: string): YoloConfig | null => {
  const ending = extensionOf(file);
  if (ending !== 'yaml' && ending !== 'yml' && ending !== 'data') return null;
  try {
    const text = source.readText(join(folder, file), maxBytes);
    return ending === 'data' ? readObjData(text, file, source, folder) : readDataYaml(text, file);
  } catch {
    return null;
  }
};

/** The description of a path: the file itself, or the first of a folder that is one. */
export const findConfig = (source: FileSource, root: string): YoloConfig | null => {
  const { folder, only } = rootFolder(source, root);
  if (only !== null) return readConfig(source, folder, only);
  const top = listFolder(source, folder);
  const inside = (base: string): readonly string[] => {
    try {
      return top.folders.includes(base)
        ? listFolder(source, join(folder, base)).files.map((name) => join(base, name))
        : [];
    } catch {
      return [];
    }
  };
  const files = [...top.files, ...inside('data')].filter((name) => /\.(ya?ml|data)$/i.test(name));
  for (const file of files.slice(0, maxFiles)) {
    const found = readConfig(source, folder, file);
    if (found !== null) return found;
  }
  return null;
};
