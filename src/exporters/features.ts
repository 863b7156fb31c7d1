import { featureScript } from './featureScript';
import type { Exporter } from './types';

/** A script that writes the features of the user's own backbone for heads trained here. */
export const features: Exporter = {
  id: 'features',
  tasks: ['single-label', 'multi-label'],
  can: null,
  files: ({ origin }) => [{ path: 'extract_features.py', parts: [featureScript(origin.root)] }],
};
