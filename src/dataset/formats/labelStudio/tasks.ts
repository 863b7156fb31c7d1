import type { AreaClass, Task } from '../../types';
import { isObject } from '../jsonl/isObject';
import { areaClass } from '../records/areas';

type Plain = Readonly<Record<string, unknown>>;

/** What one question says of a task. */
export interface Answer {
  readonly question: string;
  readonly task: Task;
  /** Distinct for classes, repeated for objects and spans. */
  readonly labels: readonly string[];
  readonly areas: readonly AreaClass[];
}

/** A task of an export: what was shown, and what the first annotator who did not cancel said. */
export interface LabelTask {
  readonly data: Plain;
  readonly answers: readonly Answer[];
  /** Annotations of the task that were not counted: of further annotators. */
  readonly further: number;
}

/** Keys of JSON-MIN that are neither shown nor asked. */
const ownKeys: ReadonlySet<string> = new Set(
  'id annotator annotation_id created_at updated_at lead_time agreement history'.split(' '),
);
const textType = /^(?:hypertext|paragraph|timeseries|timeline)?labels$/;
const regionType = /^(?:rectangle|polygon|ellipse|keypoint|brush|vector|bitmask|videorectangle)/;
const maskType = /^(?:polygon|brush|bitmask)/;

const number = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A label, or a way down a taxonomy; '' for neither. */
const labelOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.filter((part) => typeof part === 'string').join('/')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value).trim()
      : '';

/** Area in pixels of a region whose places are in percent of the picture; NaN where not known. */
const regionPixels = (value: Plain, width: number, height: number): number => {
  const pixels = (width * height) / 10_000;
  if (Array.isArray(value['points'])) {
    const points = listOf(value['points']).map((point) => listOf(point).map(number));
    let twice = 0;
    points.forEach(([x = 0, y = 0], at) => {
      const [nextX = 0, nextY = 0] = points[(at + 1) % points.length] ?? [];
      twice += x * nextY - nextX * y;
    });
    return (Math.abs(twice) / 2) * pixels;
  }
  if ('radiusX' in value)
    return Math.PI * number(value['radiusX']) * number(value['radiusY']) * pixels;
  return number(value['width']) * number(value['height']) * pixels;
};

/** The key under which a region's value keeps its labels: its type, or one that ends like it. */
const labelKey = (value: Plain, type: string): string | undefined =>
  Array.isArray(value[type])
    ? type
    : Object.keys(value).find((key) => /labels$|^choices$|^taxonomy$/.test(key));

/** Gathers the results of one annotation by question. */
class Answers {
  private readonly byQuestion = new Map<
    string,
    { task: Task; labels: string[]; areas: AreaClass[] }
  >();

  add(question: string, type: string, value: Plain, width: number, height: number): void {
    const key = labelKey(value, type);
    const found = key === undefined ? [] : listOf(value[key]);
    const rating = type === 'rating' ? number(value['rating']) : Number.NaN;
    const labels = (Number.isNaN(rating) ? found : [rating]).map(labelOf).filter((l) => l !== '');
    if (labels.length === 0) return;
    const isRegion = regionType.test(type);
    const isSpan = textType.test(type) && !('x' in value);
    const area = isRegion ? areaClass(regionPixels(value, width, height)) : 0;
    const task: Task = maskType.test(type)
      ? 'segmentation'
      : isRegion
        ? 'detection'
        : isSpan
          ? 'sequence'
          : 'single-label';
    const answer = this.byQuestion.get(question) ?? { task, labels: [], areas: [] };
    this.byQuestion.set(question, answer);
    if (task === 'segmentation') answer.task = task;
    for (const label of labels) {
      if (!isRegion && !isSpan && answer.labels.includes(label)) continue;
      answer.labels.push(label);
      answer.areas.push(area);
    }
  }

  list(): readonly Answer[] {
    return [...this.byQuestion].map(([question, answer]) => ({
      question,
      ...answer,
      task:
        answer.task === 'single-label' && answer.labels.length > 1 ? 'multi-label' : answer.task,
    }));
  }
}

const fullTask = (task: Plain, annotations: readonly unknown[]): LabelTask => {
  const valid = annotations.filter(
    (each): each is Plain =>
      isObject(each) && each['was_cancelled'] !== true && each['skipped'] !== true,
  );
  const answers = new Answers();
  for (const result of listOf(valid[0]?.['result'])) {
    if (!isObject(result) || !isObject(result['value'])) continue;
    const type = typeof result['type'] === 'string' ? result['type'].toLowerCase() : '';
    const question = typeof result['from_name'] === 'string' ? result['from_name'] : type;
    const [width, height] = [number(result['original_width']), number(result['original_height'])];
    answers.add(question, type, result['value'], width, height);
  }
  const data = isObject(task['data']) ? task['data'] : {};
  return { data, answers: answers.list(), further: Math.max(0, valid.length - 1) };
};

/** Type of a JSON-MIN region: the name of the key that holds its labels. */
const typeOf = (value: Plain): string =>
  Object.keys(value).find((key) => /labels$|^choices$|^taxonomy$|^rating$/.test(key)) ?? '';

/** JSON-MIN writes what was shown first, then `id`, then the questions, then `annotator`. */
const flatTask = (record: Plain): LabelTask => {
  const keys = Object.keys(record);
  const [from, to] = [keys.indexOf('id'), keys.indexOf('annotator')];
  const answers = new Answers();
  const asked = new Set<string>();
  keys.forEach((question, at) => {
    if (ownKeys.has(question)) return;
    const value = record[question];
    const isBetween = from >= 0 && to > from && at > from && at < to;
    const items = (Array.isArray(value) ? value : [value]).filter(isObject);
    const regions = items.filter((item) => typeOf(item) !== '');
    if (regions.length === 0 && !isBetween) return;
    asked.add(question);
    if (typeof value === 'string' || typeof value === 'number')
      answers.add(question, 'choices', { choices: [value] }, Number.NaN, Number.NaN);
    for (const region of regions) {
      const [width, height] = [number(region['original_width']), number(region['original_height'])];
      answers.add(question, typeOf(region), region, width, height);
    }
  });
  const shown = keys.filter((key) => !asked.has(key) && !ownKeys.has(key));
  const data = Object.fromEntries(shown.map((key) => [key, record[key]]));
  return { data, answers: answers.list(), further: 0 };
};

/** A task of Label Studio's JSON or JSON-MIN; null for what is neither. */
export const taskOf = (value: unknown): LabelTask | null => {
  if (!isObject(value)) return null;
  const annotations = value['annotations'] ?? value['completions'];
  if (isObject(value['data']) && Array.isArray(annotations)) return fullTask(value, annotations);
  return 'annotation_id' in value || ('lead_time' in value && 'annotator' in value)
    ? flatTask(value)
    : null;
};

/** JSON-MIN has a record an annotator: the first record of a task counts. */
export class Repeats {
  private readonly seen = new Set<unknown>();

  isRepeated(value: unknown): boolean {
    if (!isObject(value) || isObject(value['data']) || value['id'] === undefined) return false;
    if (this.seen.has(value['id'])) return true;
    this.seen.add(value['id']);
    return false;
  }
}
