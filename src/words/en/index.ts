import type { Template } from '../say';
import { audit } from './audit';
import { check } from './check';
import { cli } from './cli';
import { cliHelp } from './cliHelp';
import { common } from './common';
import { compare } from './compare';
import { comparison } from './comparison';
import { config } from './config';
import { dataset } from './dataset';
import { datasetText } from './datasetText';
import { defects } from './defects';
import { exporters } from './exporters';
import { figures } from './figures';
import { guide } from './guide';
import { guideKeys } from './guideKeys';
import { host } from './host';
import { inspect } from './inspect';
import { inspection } from './inspection';
import { labelFiles } from './labelFiles';
import { labels } from './labels';
import { live } from './live';
import { model } from './model';
import { objects } from './objects';
import { pages } from './pages';
import { predicted } from './predicted';
import { predictions } from './predictions';
import { pretrained } from './pretrained';
import { preview } from './preview';
import { profile } from './profile';
import { profilePage } from './profilePage';
import { recommend } from './recommend';
import { report } from './report';
import { reportPage } from './reportPage';
import { proposal } from './proposal';
import { propose } from './propose';
import { runPage } from './runPage';
import { settings } from './settings';
import { sweep } from './sweep';
import { train } from './train';
import { whyNot } from './whyNot';
import { within } from './within';

/** Every sentence a user reads, by code; codes start with their area ("dataset/…"). */
export const catalogue: Readonly<Record<string, Template>> = {
  ...common,
  ...dataset,
  ...objects,
  ...datasetText,
  ...profile,
  ...audit,
  ...labels,
  ...recommend,
  ...config,
  ...exporters,
  ...train,
  ...model,
  ...pretrained,
  ...report,
  ...host,
  ...pages,
  ...profilePage,
  ...runPage,
  ...reportPage,
  ...figures,
  ...inspect,
  ...inspection,
  ...propose,
  ...proposal,
  ...sweep,
  ...cli,
  ...cliHelp,
  ...live,
  ...check,
  ...compare,
  ...comparison,
  ...whyNot,
  ...defects,
  ...settings,
  ...within,
  ...predictions,
  ...predicted,
  ...preview,
  ...guide,
  ...guideKeys,
  ...labelFiles,
};
