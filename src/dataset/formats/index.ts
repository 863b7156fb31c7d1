import type { DatasetFormat } from '../types';
import { imageFolder } from './imageFolder';

/** Every format the scanner reads: a new one is a file here and a row. */
export const formats: readonly DatasetFormat[] = [imageFolder];
