import type { RunRecord, TrainerEvent } from './trainer';

/** Names inside a run folder, for those who write and those who read it. */
export const runFiles = {
  record: 'run.json',
  marks: 'marks.json',
  config: 'config.yaml',
  split: 'split.bin',
  events: 'events.jsonl',
  report: 'report.json',
  sweep: 'sweep.json',
  sweepText: 'sweep.md',
  sweepConfig: 'best.yaml',
  log: 'log.txt',
  lock: 'lock',
  checkpoints: 'checkpoints',
  predictions: 'predictions',
  model: 'model',
  kept: 'kept.json',
  modelPosthoc: 'posthoc.json',
} as const;

/** Folder of the runs inside a store. */
export const runsFolder = 'runs';

/** A child says it is alive this often; it also touches the lock of its run. */
export const heartbeatMs = 1000;

/** A lock nobody touched for this long belongs to a process that is gone, whoever has its id now. */
export const staleLockMs = 10 * 60_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parseObject = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const isEvent = (value: unknown): value is TrainerEvent =>
  isObject(value) &&
  value['v'] === 1 &&
  typeof value['kind'] === 'string' &&
  typeof value['seq'] === 'number' &&
  typeof value['attempt'] === 'number';

const isRecord = (value: unknown): value is RunRecord =>
  isObject(value) &&
  value['schema'] === 'longtail.run/1' &&
  typeof value['id'] === 'string' &&
  typeof value['state'] === 'string';

/**
 * The whole lines of a piece of `events.jsonl`, and what follows the last line end: half a line
 * that is still being written. A line that is not an event (cut by a crash) is left out.
 */
export const parseEventLines = (
  text: string,
): { readonly events: readonly TrainerEvent[]; readonly rest: string } => {
  const end = text.lastIndexOf('\n') + 1;
  const events: TrainerEvent[] = [];
  for (const line of text.slice(0, end).split('\n')) {
    const value = parseObject(line);
    if (isEvent(value)) events.push(value);
  }
  return { events, rest: text.slice(end) };
};

/**
 * Events that count. A resumed attempt goes on from the seq of its checkpoint, so what an earlier
 * attempt wrote at that seq or later is void.
 */
export const liveEvents = (events: readonly TrainerEvent[]): readonly TrainerEvent[] => {
  const live: TrainerEvent[] = [];
  for (const event of events) {
    for (let last = live.at(-1); last !== undefined && last.seq >= event.seq; last = live.at(-1))
      live.pop();
    live.push(event);
  }
  return live;
};

/** `run.json`, or null when the text is not one. */
export const parseRunRecord = (text: string): RunRecord | null => {
  const value = parseObject(text);
  return isRecord(value) ? value : null;
};

/** A run's id: time, then a few letters of its title and a suffix that keeps two apart. */
export const makeRunId = (now: Date, title: string, suffix: string): string => {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/g, '');
  return [time, slug, suffix].filter((part) => part !== '').join('-');
};
