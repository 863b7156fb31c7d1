import type { TrainerEvent } from '../protocol/trainer';
import { missing } from '../report/tables';
import { say, words } from '../words/say';
import type { Progress } from './progress';

const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

const share = (value: number | null): string => (value === null ? missing : value.toFixed(3));

/** Turns a run's events into one moving line and a few that stay. */
export const trainingProgress = (progress: Progress): ((event: TrainerEvent) => void) => {
  let role: 'baseline' | 'recipe' = 'recipe';
  let epochs = 0;
  const stages = new Map<string, number>();
  return (event) => {
    switch (event.kind) {
      case 'run/start': {
        for (const { name, epochs: all } of event.stages) stages.set(name, all);
        const seconds = event.estimateSeconds;
        progress.done(words('cli/train/started', { title: event.title, backend: event.backend }));
        if (seconds !== null && seconds >= 60)
          progress.done(words('cli/train/estimate', { minutes: Math.ceil(seconds / 60) }));
        return;
      }
      case 'features': {
        const { backend, done, total, imagesPerSecond, secondsLeft } = event;
        const text = words('cli/train/features', {
          ...{ backend, done, total, speed: Math.round(imagesPerSecond) },
          left: secondsLeft === null ? missing : clock(secondsLeft),
        });
        progress.show(text, done / Math.max(1, total));
        return;
      }
      case 'stage/start':
        role = event.role;
        epochs = stages.get(event.stage) ?? 0;
        return;
      case 'step': {
        const { stage, step, steps, epoch, loss, imagesPerSecond, secondsLeft } = event;
        const text = words('cli/train/step', {
          role: words(`cli/train/role/${role}`),
          stage,
          epoch,
          epochs: epochs === 0 ? missing : epochs,
          loss: loss.toFixed(3),
          speed: Math.round(imagesPerSecond),
          left: secondsLeft === null ? missing : clock(secondsLeft),
        });
        progress.show(text, steps === 0 ? null : step / steps);
        return;
      }
      case 'eval': {
        // Scores of the test split belong to the report, once.
        if (event.split !== 'validation') return;
        const precision = event.meanAveragePrecision;
        progress.show(
          words(`cli/train/validation${precision === undefined ? '' : '-labels'}`, {
            role: words(`cli/train/role/${event.role}`),
            epoch: event.epoch,
            score: share(precision === undefined ? event.balancedAccuracy : precision),
          }),
          null,
        );
        return;
      }
      case 'stage/end': {
        const params = { role: words(`cli/train/role/${role}`), stage: event.stage };
        progress.done(words('cli/train/stage-done', { ...params, time: clock(event.seconds) }));
        return;
      }
      case 'warning':
        progress.done(words('cli/train/warning', { text: say(event.message) }));
        return;
      case 'epoch':
      case 'checkpoint':
      case 'run/end':
        return;
    }
  };
};
