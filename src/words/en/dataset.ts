import type { Template } from '../say';

export const dataset: Readonly<Record<string, Template>> = {};
