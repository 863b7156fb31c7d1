import type { EarlierRun } from '../config/preview/estimates';
import { listRuns, readReport } from './runStore';

/** Runs looked at: newer ones tell more of the machine as it is. */
const mostRuns = 40;

/** What the finished runs of a store tell of speed, newest first. */
export const earlierRuns = (store: string): readonly EarlierRun[] =>
  listRuns(store)
    .filter(({ record }) => record.state === 'completed')
    .slice(0, mostRuns)
    .flatMap(({ folder }): EarlierRun[] => {
      const report = readReport(folder);
      if (report === null) return [];
      const { config, backend, timings, dataset } = report;
      return [{ config, backend, timings, classes: dataset.classNames.length }];
    });
