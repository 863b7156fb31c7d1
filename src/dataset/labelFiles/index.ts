import { checkCoco } from './coco';
import { createLabelReader } from './common';
import { checkCsv } from './csv';
import { checkDataYaml } from './dataYaml';
import { checkLists } from './lists';
import type { CheckLabelFiles, FileProblems, LabelQuestion } from './types';

/** Formats whose label files people write and read, one row each. */
const checks: Readonly<Record<string, CheckLabelFiles>> = {
  csv: checkCsv,
  coco: checkCoco,
  'list-file': checkLists,
  yolo: checkDataYaml,
};

/**
 * What is odd in the label files of a scanned dataset, at its place, by file. Files above 20 MB,
 * more than 60 MB in all, and compressed ones are left out; of a file at most 100 problems are told. Changes nothing.
 */
export const checkLabelFiles = (format: string, question: LabelQuestion): FileProblems =>
  checks[format]?.(question, createLabelReader(question.source)) ?? new Map();
