import type { Template } from '../say';

export const host: Readonly<Record<string, Template>> = {};
