import type { Template } from '../say';

export const pages: Readonly<Record<string, Template>> = {};
