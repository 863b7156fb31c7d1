import type { TrainerEvent } from '../../src/protocol/trainer';

type StepEvent = Extract<TrainerEvent, { kind: 'step' }>;
type FeaturesEvent = Extract<TrainerEvent, { kind: 'features' }>;
type EvalEvent = Extract<TrainerEvent, { kind: 'eval' }>;
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
  readonly role: Role;
  /** How far a frozen network is with the pictures; null once the run itself has begun. */
  readonly features: FeaturesEvent | null;
  readonly stages: readonly StageProgress[];
  readonly epochs: number;
  readonly step: StepEvent | null;
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

/** Folds the events of a run. `running` says whether the last stage goes on. */
export const progressOf = (events: readonly TrainerEvent[], running: boolean): Progress => {
  const stages: { role: Role; name: string; share: number; state: StageProgress['state'] }[] = [];
  const found: {
    backend: string | null;
    estimateSeconds: number | null;
    role: Role;
    features: FeaturesEvent | null;
    step: StepEvent | null;
    epochs: number;
  } = {
    ...{ backend: null, estimateSeconds: null, role: 'recipe' },
    ...{ features: null, step: null, epochs: 0 },
  };
  const lengths = new Map<string, number>();
  for (const event of events) {
    found.features = event.kind === 'features' ? event : null;
    if (event.kind === 'features') found.backend = event.backend;
    else if (event.kind === 'run/start') {
      found.backend = event.backend;
      found.estimateSeconds = event.estimateSeconds;
      for (const { name, epochs } of event.stages) lengths.set(name, epochs);
    } else if (event.kind === 'stage/start') {
      found.role = event.role;
      found.epochs = lengths.get(event.stage) ?? 0;
      const last = stages.at(-1);
      // A resumed stage starts again under the same name.
      if (last?.name !== event.stage || last.role !== event.role)
        stages.push({ role: event.role, name: event.stage, share: 0, state: 'now' });
    } else if (event.kind === 'step') {
      found.step = event;
      const stage = stages.at(-1);
      if (stage !== undefined) stage.share = Math.min(1, event.step / Math.max(1, event.steps));
    } else if (event.kind === 'epoch') found.epochs = event.epochs;
    else if (event.kind === 'stage/end') {
      const stage = stages.at(-1);
      if (stage !== undefined) Object.assign(stage, { share: 1, state: 'done' });
    }
  }
  const open = stages.at(-1);
  if (!running && open?.state === 'now') open.state = 'stopped';
  return {
    ...found,
    stages,
    evaluations: events.filter(
      (event) => event.kind === 'eval' && event.split === 'validation',
    ) as readonly EvalEvent[],
    warnings: events.filter((event) => event.kind === 'warning'),
  };
};
