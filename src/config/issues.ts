import type { MessageParams } from '../common/errors';
import { showPath, type KeyPath } from './keys';
import type { ConfigIssue } from './parse';

/** An error `config/<code>` at a place of the config. */
export const error = (code: string, at: KeyPath, params: MessageParams = {}): ConfigIssue => ({
  code: `config/${code}`,
  params: { place: showPath(at), ...params },
  severity: 'error',
  at,
});

/** The same as a warning. */
export const warning = (code: string, at: KeyPath, params: MessageParams = {}): ConfigIssue => ({
  ...error(code, at, params),
  severity: 'warning',
});
