import type { MessageParams, Message } from '../common/errors';
import { catalogue } from './en';

/**
 * One sentence of the catalogue. `{name}` shows a parameter: text as it is, whole numbers grouped,
 * others with three significant digits (a negative one with a minus, as in tables), lists joined by commas. `{name.2}` fixes the decimals,
 * `{name%}` shows a share as a percentage. A plural entry picks its form by the parameter `count`.
 */
export type Template = string | { readonly one: string; readonly other: string };

const plural = new Intl.PluralRules('en');
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const number = (value: number, form: string): string => {
  if (form === '%') return `${significant.format(value * 100)} %`;
  if (form !== '') return value.toFixed(Number(form.slice(1)));
  return (Number.isInteger(value) ? whole : significant).format(value);
};

const show = (value: MessageParams[string] | undefined, form: string): string => {
  if (value === undefined) return '?';
  if (typeof value !== 'number')
    return typeof value === 'object' ? value.join(', ') : String(value);
  return number(value, form).replace(/^-/, '\u2212');
};

const fill = (text: string, params: MessageParams): string =>
  text.replaceAll(/\{(\w+)(%|\.\d)?\}/g, (_, name: string, form: string | undefined) =>
    show(params[name], form ?? ''),
  );

/** Accents every letter outside the braces and adds brackets: what is not in the catalogue stands out. */
const pseudo = (text: string): string =>
  `[${text.replaceAll(/\{[^}]*\}|[aeiou]/g, (part) =>
    part.startsWith('{') ? part : `${part}\u0301`,
  )}]`;

export type Locale = 'en' | 'pseudo';

/** The sentence for a code. An unknown code is shown as it is, with its numbers, never hidden. */
export const say = (message: Message, locale: Locale = 'en'): string => {
  const entry: Template | undefined = catalogue[message.code];
  if (entry === undefined) return `${message.code} ${JSON.stringify(message.params)}`;
  const count = message.params['count'];
  const text =
    typeof entry === 'string'
      ? entry
      : entry[plural.select(typeof count === 'number' ? count : 0) === 'one' ? 'one' : 'other'];
  return fill(locale === 'pseudo' ? pseudo(text) : text, message.params);
};

/** Short for a sentence whose code is written in place. */
export const words = (code: string, params: MessageParams = {}, locale: Locale = 'en'): string =>
  say({ code, params }, locale);
