import type { DatasetFormat } from '../types';
import { arff } from './arff';
import { arrow } from './arrow';
import { audioFolder } from './audioFolder';
import { celebA } from './celebA';
import { cifar } from './cifar';
import { coco } from './coco';
import { conll } from './conll';
import { createMl } from './createMl';
import { csv } from './csv';
import { cub } from './cub';
import { cvat } from './cvat';
import { datumaro } from './datumaro';
import { dota } from './dota';
import { fastText } from './fastText';
import { fileNames } from './fileNames';
import { imageFolder } from './imageFolder';
import { jsonl } from './jsonl';
import { kitti } from './kitti';
import { labelStudio } from './labelStudio';
import { labelme } from './labelme';
import { labelmeXml } from './labelmeXml';
import { lfw } from './lfw';
import { listFile } from './listFile';
import { mnistIdx } from './mnistIdx';
import { numpy } from './numpy';
import { openImages } from './openImages';
import { parquet } from './parquet';
import { svmlight } from './svmlight';
import { tfrecord } from './tfrecord';
import { voc } from './voc';
import { vott } from './vott';
import { webdataset } from './webdataset';
import { widerFace } from './widerFace';
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
  kitti,
  dota,
  widerFace,
  vott,
  celebA,
  lfw,
  jsonl,
  csv,
  imageFolder,
  audioFolder,
  fileNames,
];
