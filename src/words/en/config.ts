import type { Template } from '../say';

export const config: Readonly<Record<string, Template>> = {};
