import type { DatasetFormat } from '../types';
import { csv } from './csv';
import { imageFolder } from './imageFolder';
import { jsonl } from './jsonl';
import { mnistIdx } from './mnistIdx';

/** Every format the scanner reads: a new one is a file here and a row. */
export const formats: readonly DatasetFormat[] = [mnistIdx, jsonl, csv, imageFolder];
