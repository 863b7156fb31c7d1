import type { Template } from '../say';
import { audit } from './audit';
import { cli } from './cli';
import { common } from './common';
import { config } from './config';
import { dataset } from './dataset';
import { exporters } from './exporters';
import { figures } from './figures';
import { host } from './host';
import { inspect } from './inspect';
import { labels } from './labels';
import { pages } from './pages';
import { predictions } from './predictions';
import { pretrained } from './pretrained';
import { profile } from './profile';
import { recommend } from './recommend';
import { report } from './report';
import { sweep } from './sweep';
import { train } from './train';

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
  ...figures,
  ...inspect,
  ...sweep,
  ...cli,
  ...predictions,
};
