import type { RunClasses, TrainerEvent } from '../../protocol/trainer';

export type StepEvent = Extract<TrainerEvent, { kind: 'step' }>;
export type FeaturesEvent = Extract<TrainerEvent, { kind: 'features' }>;
export type EvalEvent = Extract<TrainerEvent, { kind: 'eval' }>;
type Role = 'baseline' | 'recipe';

export interface StageProgress {
  readonly role: Role;
  readonly name: string;
  readonly share: number;
  readonly state: 'done' | 'now' | 'stopped';
}

/** What the events of a run say about where it is. */
export interface Progress {
  readonly backend: string | null;
  readonly estimateSeconds: number | null;
  readonly classes: RunClasses | null;
  readonly role: Role;
  /** How far a frozen network is with the pictures; null once the run itself has begun. */
  readonly features: FeaturesEvent | null;
  readonly stages: readonly StageProgress[];
  readonly epochs: number;
  readonly step: StepEvent | null;
  /** Of validation: the scores of the test split belong to the report, once. */
  readonly evaluations: readonly EvalEvent[];
  readonly warnings: readonly Extract<TrainerEvent, { kind: 'warning' }>[];
}

/** Adds events by their seq: what a later attempt did again, or what came twice, replaces the old. */
export const addEvents = (
  events: readonly TrainerEvent[],
  added: readonly TrainerEvent[],
): readonly TrainerEvent[] => {
  const all = [...events];
  for (const event of added) {
    for (let last = all.at(-1); last !== undefined && last.seq >= event.seq; last = all.at(-1))
      all.pop();
    all.push(event);
  }
  return all;
};

interface Fold {
  readonly take: (event: TrainerEvent) => void;
  /** `running` says whether the last stage goes on. */
  readonly progress: (running: boolean) => Progress;
}

const createFold = (): Fold => {
  const stages: { role: Role; name: string; share: number; state: StageProgress['state'] }[] = [];
  const evaluations: EvalEvent[] = [];
  const warnings: Extract<TrainerEvent, { kind: 'warning' }>[] = [];
  const lengths = new Map<string, number>();
  const found: { -readonly [K in keyof Progress]: Progress[K] } = {
    ...{ backend: null, estimateSeconds: null, classes: null, role: 'recipe' },
    ...{ features: null, step: null, epochs: 0, stages, evaluations, warnings },
  };
  const begin = ({ role, stage }: Extract<TrainerEvent, { kind: 'stage/start' }>): void => {
    found.role = role;
    found.epochs = lengths.get(stage) ?? 0;
    const last = stages.at(-1);
    // A resumed stage starts again under the same name.
    if (last?.name !== stage || last.role !== role)
      stages.push({ role, name: stage, share: 0, state: 'now' });
  };
  const take = (event: TrainerEvent): void => {
    found.features = event.kind === 'features' ? event : null;
    const stage = stages.at(-1);
    switch (event.kind) {
      case 'features':
        found.backend = event.backend;
        return;
      case 'run/start':
        found.backend = event.backend;
        found.estimateSeconds = event.estimateSeconds;
        found.classes = event.classes ?? null;
        for (const { name, epochs } of event.stages) lengths.set(name, epochs);
        return;
      case 'stage/start':
        begin(event);
        return;
      case 'step':
        found.step = event;
        if (stage !== undefined) stage.share = Math.min(1, event.step / Math.max(1, event.steps));
        return;
      case 'epoch':
        found.epochs = event.epochs;
        return;
      case 'stage/end':
        if (stage !== undefined) Object.assign(stage, { share: 1, state: 'done' });
        return;
      case 'eval':
        if (event.split === 'validation') evaluations.push(event);
        return;
      case 'warning':
        warnings.push(event);
        return;
      case 'checkpoint':
      case 'run/end':
        return;
    }
  };
  return {
    take,
    progress: (running) => ({
      ...found,
      stages: stages.map((stage, i) =>
        !running && i === stages.length - 1 && stage.state === 'now'
          ? { ...stage, state: 'stopped' }
          : stage,
      ),
    }),
  };
};

/** Folds the events of a run. `running` says whether the last stage goes on. */
export const progressOf = (events: readonly TrainerEvent[], running: boolean): Progress => {
  const fold = createFold();
  events.forEach(fold.take);
  return fold.progress(running);
};

/**
 * Folds the events of a run that goes on, as they come. Of a stretch of steps only the last is kept:
 * a day of them costs no memory.
 */
export const followProgress = (): ((event: TrainerEvent) => Progress) => {
  let kept: TrainerEvent[] = [];
  let fold = createFold();
  return (event) => {
    const last = kept.at(-1);
    if (last !== undefined && event.seq <= last.seq) {
      kept = [...addEvents(kept, [event])];
      fold = createFold();
      kept.forEach(fold.take);
      return fold.progress(true);
    }
    if (event.kind === 'step' && last?.kind === 'step') kept.pop();
    kept.push(event);
    fold.take(event);
    return fold.progress(true);
  };
};
