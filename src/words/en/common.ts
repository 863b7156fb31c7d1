import type { Template } from '../say';

export const common: Readonly<Record<string, Template>> = {
  'common/unexpected': 'Something went wrong inside Longtail: {detail}. The log has the details.',
};
