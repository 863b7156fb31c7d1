import { deferred } from '../../common/async';
import type { FromModelJob, ModelJob } from '../../protocol/modelJob';
import { exportModel } from './exportModel';
import { predict } from './predict';

export interface ModelJobControl {
  readonly shouldStop: () => boolean;
  readonly bundleFolder: string;
  readonly send: (message: FromModelJob) => void;
}

/** A job on a finished model as this process does it. */
export interface RunningJob {
  readonly finished: Promise<void>;
  /** The parent has dealt with the last items, or wants no more. */
  more(): void;
}

const work = async (
  job: ModelJob,
  { shouldStop, bundleFolder, send }: ModelJobControl,
  untilMore: () => Promise<void>,
): Promise<void> => {
  if (job.kind === 'export') {
    send({ kind: 'model/written', paths: await exportModel(job, bundleFolder) });
  } else
    await predict(job, {
      shouldStop,
      bundleFolder,
      backend: 'auto',
      onOpened: ({ title, classes, task }, items, total) =>
        send({
          kind: 'model/opened',
          ...{ title, classes, items, total, severalLabels: task === 'multi-label' },
        }),
      onItems: async (items) => {
        send({ kind: 'model/items', items });
        await untilMore();
      },
    });
  send({ kind: 'model/done' });
};

/** Starts a job on a finished model. `finished` rejects with what went wrong. */
export const runModelJob = (job: ModelJob, control: ModelJobControl): RunningJob => {
  let waiting = deferred<undefined>();
  const untilMore = async (): Promise<void> => {
    await waiting.promise;
    waiting = deferred<undefined>();
  };
  return {
    finished: work(job, control, untilMore),
    more: () => waiting.resolve(undefined),
  };
};
