import { words } from '../words/say';
import type { Command, OptionSpec } from './command';

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

const usageOf = (command: Command): string =>
  [
    'longtail',
    command.name,
    ...positionalsOf(command),
    ...Object.entries(command.options).map(([option, spec]) => {
      const { required, many: repeated } = spec;
      const text = optionText(option, spec);
      if (required === true) return text;
      return repeated === true ? `[${text}]…` : `[${text}]`;
    }),
  ].join(' ');

/** What `longtail COMMAND --help` prints. */
export const commandHelp = (command: Command): string => {
  const rows = Object.entries(command.options).map(
    ([option, spec]) =>
      [optionText(option, spec), words(`cli/option/${spec.about ?? option}`)] as const,
  );
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return [
    words(`cli/command/${command.name}`),
    '',
    `${words('cli/help/usage')} ${usageOf(command)}`,
    '',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`),
    '',
    words('cli/help/exit'),
    '',
  ].join('\n');
};

/** What `longtail --help` prints. */
export const generalHelp = (commands: readonly Command[]): string => {
  const left = commands.map((command) =>
    ['longtail', command.name, ...positionalsOf(command)].join(' '),
  );
  const width = Math.max(...left.map(({ length }) => length)) + 2;
  return [
    words('cli/help/about'),
    '',
    ...commands.map(
      ({ name }, i) => `  ${(left[i] ?? '').padEnd(width)}${words(`cli/command/${name}`)}`,
    ),
    '',
    words('cli/help/more'),
    words('cli/help/exit'),
    '',
  ].join('\n');
};
