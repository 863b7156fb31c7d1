import type { Template } from '../say';
import { audit } from './audit';
import { check } from './check';
import { cli } from './cli';
import { common } from './common';
import { config } from './config';
import { dataset } from './dataset';
import { defects } from './defects';
import { exporters } from './exporters';
import { host } from './host';
import { inspect } from './inspect';
import { labels } from './labels';
import { pages } from './pages';
import { predictions } from './predictions';
import { pretrained } from './pretrained';
import { profile } from './profile';
import { recommend } from './recommend';
import { report } from './report';
import { settings } from './settings';
import { sweep } from './sweep';
import { train } from './train';
import { whyNot } from './whyNot';
import { within } from './within';

/** Every sentence a user reads, by code; codes start with their area ("dataset/…"). */
export const catalogue: Readonly<Record<string, Template>> = {
  ...common,
  ...dataset,
  ...profile,
  ...audit,
  ...labels,
  ...recommend,
  ...config,
  ...exporters,
  ...train,
  ...pretrained,
  ...report,
  ...host,
  ...pages,
  ...inspect,
  ...sweep,
  ...cli,
  ...check,
  ...whyNot,
  ...defects,
  ...settings,
  ...within,
  ...predictions,
};
