import { LongtailError } from '../../src/common/errors';

/** Code of the LongtailError that an action throws; other errors pass. */
export const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof LongtailError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};
