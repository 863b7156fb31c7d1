import { words } from '../words/say';
import type { Command } from './command';

const usageOf = ({ name, positionals, many, options }: Command): string =>
  [
    'longtail',
    name,
    ...positionals.map((word, i) =>
      many === true && i === positionals.length - 1 ? `${word}…` : word,
    ),
    ...Object.entries(options).map(([option, { value, required, many: repeated }]) => {
      const text = value === undefined ? `--${option}` : `--${option} ${value}`;
      if (required === true) return text;
      return repeated === true ? `[${text}]…` : `[${text}]`;
    }),
  ].join(' ');

/** What `longtail COMMAND --help` prints. */
export const commandHelp = (command: Command): string => {
  const rows = Object.entries(command.options).map(
    ([option, { value, about }]) =>
      [
        `--${option}${value === undefined ? '' : ` ${value}`}`,
        words(`cli/option/${about ?? option}`),
      ] as const,
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
export const generalHelp = (commands: readonly Command[]): string =>
  [
    words('cli/help/about'),
    '',
    ...commands.map(
      ({ name, positionals, many }) =>
        `  ${`longtail ${name} ${positionals.join(' ')}${many === true ? '…' : ''}`.padEnd(28)}${words(`cli/command/${name}`)}`,
    ),
    '',
    words('cli/help/more'),
    words('cli/help/exit'),
    '',
  ].join('\n');
