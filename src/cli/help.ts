import { words } from '../words/say';
import type { Command, OptionSpec } from './command';
import { textColumns, wrap, wrapParts } from './wrap';

/** `--out FILE`, or `--why-not[=ID]` where the value may be left away. */
const optionText = (option: string, { type, value }: OptionSpec): string => {
  if (value === undefined) return `--${option}`;
  return type === 'boolean' ? `--${option}[=${value}]` : `--${option} ${value}`;
};

/** `RUN…`, in brackets where it may be left away. */
const positionalsOf = ({ positionals, many, optional }: Command): readonly string[] =>
  positionals.map((word, i) => {
    const text = many === true && i === positionals.length - 1 ? `${word}…` : word;
    return optional === true ? `[${text}]` : text;
  });

const usageParts = ({ options }: Command): readonly string[] =>
  Object.entries(options).map(([option, spec]) => {
    const { required, many: repeated } = spec;
    const text = optionText(option, spec);
    if (required === true) return text;
    return repeated === true ? `[${text}]…` : `[${text}]`;
  });

/** `longtail report RUN…` */
const callOf = (command: Command): string =>
  ['longtail', command.name, ...positionalsOf(command)].join(' ');

/** A longer name has its sentence on the next line, so that the other sentences keep their room. */
const widestName = 32;

/** Names and what they mean, side by side. */
const rowLines = (rows: readonly (readonly [string, string])[], columns: number): string[] => {
  const indent = 2 + 2 + Math.min(widestName, Math.max(0, ...rows.map(([{ length }]) => length)));
  return rows.flatMap(([name, text]) => {
    const lines = wrap(text, textColumns(columns) - indent);
    const lead = `  ${name}`;
    const rest = lines.map((line) => ' '.repeat(indent) + line);
    if (name.length > widestName) return [lead, ...rest];
    return [lead.padEnd(indent) + (lines[0] ?? ''), ...rest.slice(1)];
  });
};

/** What `longtail COMMAND --help` prints. */
export const commandHelp = (command: Command, columns: number): string => {
  const rows = Object.entries(command.options).map(
    ([option, spec]) =>
      [optionText(option, spec), words(`cli/option/${spec.about ?? option}`)] as const,
  );
  const width = textColumns(columns);
  const usage = wrapParts(usageParts(command), width - 4);
  return [
    ...wrap(words(`cli/command/${command.name}`), width),
    '',
    `${words('cli/help/usage')} ${callOf(command)}`,
    ...usage.map((line) => `    ${line}`),
    '',
    ...rowLines(rows, columns),
    '',
    ...wrap(words('cli/help/exit'), width),
    '',
  ].join('\n');
};

/** What `longtail --help` prints. */
export const generalHelp = (commands: readonly Command[], columns: number): string => {
  const rows = commands.map(
    (command) => [callOf(command), words(`cli/command/${command.name}`)] as const,
  );
  const width = textColumns(columns);
  return [
    ...wrap(words('cli/help/about'), width),
    '',
    ...rowLines(rows, columns),
    '',
    ...wrap(words('cli/help/more'), width),
    ...wrap(words('cli/help/exit'), width),
    '',
  ].join('\n');
};
