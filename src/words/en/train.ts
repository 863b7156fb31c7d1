import type { Template } from '../say';

export const train: Readonly<Record<string, Template>> = {};
