import { parentPort, workerData } from 'node:worker_threads';
import { LongtailError } from '../common/errors';
import { openIndex } from '../dataset/indexFile';
import { nodeFileSource } from '../dataset/nodeFileSource';
import { pictureFacts } from '../dataset/pictureFacts';
import { withClassRows } from '../profile/classRows';
import { buffersOf, packColumns } from '../profile/packedColumns';
import { profileInColumns } from '../profile/profile';
import { advise } from '../recommend/advise';
import { goalsFrom } from '../recommend/asked';
import { plainEffect } from '../recommend/plainRuns';
import type { ProfileJob, ProfileOutcome } from './profileJob';

// The body of the thread: no editor here, only the core that the shell uses too.

const profiled = ({ indexPath, withoutNative, asked, classes }: ProfileJob): ProfileOutcome => {
  const index = openIndex(indexPath);
  const { facts, columns } = profileInColumns(index, classes === undefined ? {} : { classes });
  const pictures = pictureFacts(index, nodeFileSource);
  const profile = withClassRows(facts, () => columns);
  const advice = advise(profile, goalsFrom(asked, { pictures, withoutNative }), asked.framework);
  return {
    kind: 'profiled',
    named: index.options,
    scanMs: index.scanMs,
    pictures,
    advice,
    plainEffect: plainEffect(profile),
    facts,
    columns: packColumns(columns),
  };
};

const run = (job: ProfileJob): ProfileOutcome => {
  try {
    return profiled(job);
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'failed', code: error.code, params: error.params };
  }
};

const outcome = run(workerData as ProfileJob);
parentPort?.postMessage(outcome, outcome.kind === 'profiled' ? buffersOf(outcome.columns) : []);
