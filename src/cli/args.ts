import { parseArgs } from 'node:util';
import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import type { Command } from './command';

/** The arguments of one command, checked against its options. */
export interface Args {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  /** Every value of an option that may be given several times, in order. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  /** Whether an option stands without its value. */
  isBare(name: string): boolean;
  /** A finite number, or `cli/not-a-number`. */
  number(name: string): number | undefined;
  /** The positional at a place; the parser made sure that it is there. */
  positional(index: number): string;
}

/** Whether help was asked for, before anything else is looked at. */
export const wantsHelp = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => word === '--help' || word === '-h');
};

const refuseUnknown = (command: Command, given: string): never => {
  const known = Object.keys(command.options);
  const near = nearest(given.replace(/^-+/, ''), known);
  throw near === null
    ? new LongtailError('cli/unknown-option', { option: given, command: command.name })
    : new LongtailError('cli/unknown-option-near', { option: given, near: `--${near}` });
};

/**
 * Reads a command's arguments. LongtailErrors: `cli/unknown-option`, `cli/option-needs-value`,
 * `cli/option-takes-none`, `cli/option-twice`, `cli/missing-argument`, `cli/too-many-arguments`.
 */
export const readArgs = (command: Command, argv: readonly string[]): Args => {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type }]) => [name, { type }]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, readonly (string | true)[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = command.options[token.name];
    if (spec === undefined) return refuseUnknown(command, token.rawName);
    const params = { option: token.rawName, value: spec.value ?? '' };
    const before = values.get(token.name) ?? [];
    if (before.length > 0 && spec.many !== true)
      throw new LongtailError('cli/option-twice', params);
    if (spec.type === 'boolean' && spec.value === undefined && token.value !== undefined)
      throw new LongtailError('cli/option-takes-none', params);
    const missing = token.value === undefined || (!token.inlineValue && /^--\w/.test(token.value));
    if (spec.type === 'string' && missing && !(spec.bare === true && token.value === undefined))
      throw new LongtailError('cli/option-needs-value', params);
    values.set(token.name, [...before, token.value ?? true]);
  }
  const lacking = command.positionals[positionals.length];
  const asksForList = [...values].some(
    ([name, value]) => command.options[name]?.bare === true && value.includes(true),
  );
  if (lacking !== undefined && !asksForList && command.optional !== true)
    throw new LongtailError('cli/missing-argument', { argument: lacking, command: command.name });
  const extra = positionals[command.positionals.length];
  if (extra !== undefined && command.many !== true)
    throw new LongtailError('cli/too-many-arguments', { argument: extra, command: command.name });
  const texts = (name: string): readonly string[] =>
    (values.get(name) ?? []).filter((value) => value !== true);
  const text = (name: string): string | undefined => texts(name)[0];
  return {
    positionals,
    text,
    texts,
    flag: (name) => values.has(name),
    isBare: (name) => values.get(name)?.includes(true) === true,
    number: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number))
        throw new LongtailError('cli/not-a-number', { option: `--${name}`, value });
      return number;
    },
    positional: (index) => positionals[index] ?? '',
  };
};
