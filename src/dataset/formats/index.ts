import type { DatasetFormat } from '../types';
import { arff } from './arff';
import { arrow } from './arrow';
import { audioFolder } from './audioFolder';
import { cifar } from './cifar';
import { coco } from './coco';
import { conll } from './conll';
import { createMl } from './createMl';
import { csv } from './csv';
import { cub } from './cub';
import { cvat } from './cvat';
import { datumaro } from './datumaro';
import { fastText } from './fastText';
import { imageFolder } from './imageFolder';
import { jsonl } from './jsonl';
import { labelStudio } from './labelStudio';
import { labelme } from './labelme';
import { labelmeXml } from './labelmeXml';
import { listFile } from './listFile';
import { mnistIdx } from './mnistIdx';
import { numpy } from './numpy';
import { openImages } from './openImages';
import { parquet } from './parquet';
import { svmlight } from './svmlight';
import { tfrecord } from './tfrecord';
import { voc } from './voc';
import { webdataset } from './webdataset';
import { yolo } from './yolo';

/** Every format the scanner reads: a new one is a file here and a row. */
export const formats: readonly DatasetFormat[] = [
  mnistIdx,
  cifar,
  coco,
  voc,
  yolo,
  numpy,
  listFile,
  cub,
  webdataset,
  tfrecord,
  parquet,
  arrow,
  createMl,
  cvat,
  datumaro,
  fastText,
  conll,
  svmlight,
  arff,
  labelStudio,
  labelme,
  labelmeXml,
  openImages,
  jsonl,
  csv,
  imageFolder,
  audioFolder,
];
