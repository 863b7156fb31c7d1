import { parentPort, workerData } from 'node:worker_threads';
import type { SamplePlace } from '../dataset/inspect/types';
import { inspectionMarkdown } from '../report/inspection';
import { splitMarkdown } from '../report/split';
import type { RenderJob } from './renderJob';

/** Address of a sample's file below the folder's, and of the line where one is known. */
const linkBelow =
  (base: string) =>
  ({ path, line }: SamplePlace): string => {
    const steps = path.split('/').map(encodeURIComponent).join('/');
    return `${base}/${steps}${line === undefined ? '' : `#L${line}`}`;
  };

/** Entry of the thread that makes reports about samples: one job, one text. */
const markdownOf = (job: RenderJob): string =>
  job.kind === 'split'
    ? splitMarkdown(job.summary)
    : inspectionMarkdown(job.inspection, linkBelow(job.base));

parentPort?.postMessage(markdownOf(workerData as RenderJob));
