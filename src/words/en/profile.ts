import type { Template } from '../say';

export const profile: Readonly<Record<string, Template>> = {};
