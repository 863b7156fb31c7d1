import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { LongtailError } from '../../common/errors';
import { readConfig } from '../../config/combinations';
import { parseExportedModel } from '../../config/exportedModel/schema';
import { modelFiles } from '../../config/exportedModel/types';
import { factsOf } from '../../config/facts';
import { openIndex } from '../../dataset/indexFile';
import { profileDataset } from '../../profile/profile';
import { writeAtomicParts } from '../../run/atomicFile';
import { say } from '../../words/say';
import { exporterNamed, exportFiles, exportPlan } from '..';
import { modelCode } from '../model';
import { exportSnippet } from '../snippets';
import type { ExportJobOfThread, ExportOutcome, FilesJob } from './client';

// The body of the thread: the same for the shell and the editor.

const write = (path: string, parts: Iterable<string>): void => {
  try {
    writeAtomicParts(path, parts);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('exporters/cannot-write', { path, detail }, { cause: error });
  }
};

const writeFiles = ({ config: source, indexPath, exporter, out }: FilesJob): ExportOutcome => {
  const index = openIndex(indexPath);
  const facts = factsOf(profileDataset(index));
  const { config, issues } = readConfig(source.text, source.path, facts);
  if (config === null) {
    const first = issues.find(({ severity }) => severity === 'error');
    throw new LongtailError('exporters/config', {
      path: source.path,
      line: first?.line ?? 1,
      problem: first === undefined ? '' : say(first),
    });
  }
  const profile = profileDataset(index, { classes: config.dataset.classes });
  const exported = exportFiles(exportPlan({ config, profile, index }), exporterNamed(exporter));
  const paths = exported.files.map(({ path }) => join(out, path));
  exported.files.forEach(({ parts }, i) => write(paths[i] ?? '', parts));
  if (source.made) write(source.path, [source.text]);
  return { kind: 'files', paths, issues: exported.issues };
};

const writeModelCode = (folder: string): ExportOutcome => {
  const path = join(folder, modelFiles.description);
  const code = modelCode(parseExportedModel(readFileSync(path, 'utf8'), path));
  for (const [name, text] of code) write(join(folder, name), [text]);
  return { kind: 'model', paths: code.map(([name]) => join(folder, name)) };
};

const outcomeOf = (job: ExportJobOfThread): ExportOutcome => {
  switch (job.kind) {
    case 'files':
      return writeFiles(job);
    case 'model':
      return writeModelCode(job.folder);
    case 'snippet':
      return { kind: 'snippet', text: exportSnippet(job.profile, job.framework, [job.part]) };
  }
};

const run = (job: ExportJobOfThread): ExportOutcome => {
  try {
    return outcomeOf(job);
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    return { kind: 'failed', code: error.code, params: error.params };
  }
};

parentPort?.postMessage(run(workerData as ExportJobOfThread));
