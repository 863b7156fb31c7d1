import type { TrainerEvent } from '../../protocol/trainer';
import { say, words } from '../../words/say';
import { duration } from '../tables';
import type { Paint } from '../text';
import { followProgress } from './progress';
import type { Screen } from './screen';
import { liveBlock, liveLine } from './text';

/** Shows a run's events: what it does now at the bottom, what is done and warned of above. */
export const watchTraining = (screen: Screen, paint: Paint): ((event: TrainerEvent) => void) => {
  const follow = followProgress();
  return (event) => {
    const progress = follow(event);
    switch (event.kind) {
      case 'run/start': {
        const { title, backend, estimateSeconds } = event;
        screen.done(words('live/started', { title, backend }));
        if (estimateSeconds !== null && estimateSeconds >= 60)
          screen.done(words('live/estimate', { minutes: Math.ceil(estimateSeconds / 60) }));
        return;
      }
      case 'stage/end': {
        const role = words(`live/role/${progress.role}`);
        const time = duration(event.seconds);
        screen.done(words('live/stage-done', { role, stage: event.stage, time }));
        return;
      }
      case 'warning':
        screen.done(words('live/warning', { text: say(event.message) }));
        return;
      case 'features':
      case 'step':
      case 'eval':
        screen.draw(
          () => liveBlock(progress, paint),
          () => liveLine(progress),
        );
        return;
      case 'stage/start':
      case 'epoch':
      case 'checkpoint':
      case 'run/end':
        return;
    }
  };
};
