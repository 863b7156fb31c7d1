import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const project = fileURLToPath(new URL('../..', import.meta.url));
