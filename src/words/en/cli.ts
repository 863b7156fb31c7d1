import type { Template } from '../say';

export const cli: Readonly<Record<string, Template>> = {};
