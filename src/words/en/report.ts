import type { Template } from '../say';

export const report: Readonly<Record<string, Template>> = {};
