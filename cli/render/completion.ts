import type { Command } from '../command';
import { HELP, type Option } from '../options';

const PROGRAM = 'es-config-monitor';

/** What each shell runs to complete the command line, made of the commands' own data. */
export const COMPLETIONS: Readonly<Record<string, (commands: readonly Command[]) => string>> = { bash, zsh, fish };

interface Named {
  readonly name: string;
  readonly option: Option;
}

/** Every name an option goes by, `--help` among them. */
const optionsOf = ({ options }: Command): readonly Named[] =>
  Object.entries({ ...options, help: HELP }).flatMap(([name, option]) =>
    [name, ...(option.aliases ?? [])].map((each) => ({ name: each, option })),
  );

/** The words that its value may be; empty where it may be anything. */
const wordsOf = (option: Option): readonly string[] => (option.type === 'choice' ? option.allowed : []);

const takesFile = (option: Option): boolean => option.type !== 'flag' && option.value === 'FILE';
const takesFiles = ({ operands }: Command): boolean => ['PATH', 'FILE'].includes(operands?.name ?? '');

/** What a command takes that is one of a few words: the commands for `help`, the shells for `completion`. */
function operandWords(command: Command, commands: readonly Command[]): readonly string[] {
  if (command.operands?.name === 'COMMAND') return commands.map(({ name }) => name);
  return command.operands?.name === 'SHELL' ? Object.keys(COMPLETIONS) : [];
}

function bash(commands: readonly Command[]): string {
  const values = (command: Command): readonly string[] =>
    optionsOf(command).flatMap(({ name, option }) => {
      if (option.type === 'flag') return [];
      const words = wordsOf(option);
      const reply = takesFile(option) ? '$(compgen -f -- "$word")' : `$(compgen -W "${words.join(' ')}" -- "$word")`;
      return [`      ${command.name}:--${name}) COMPREPLY=(${reply}); return ;;`];
    });
  return `_es_config_monitor() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  # Bash takes --name=value for three words.
  if [ "$word" = = ]; then
    word=
  elif [ "$before" = = ]; then
    before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}" -- "$word"))
    return
  fi
  case "$command:$before" in
${commands.flatMap(values).join('\n')}
  esac
  case "$command" in
${commands
  .map((command) => {
    const words = [...optionsOf(command).map(({ name }) => `--${name}`), ...operandWords(command, commands)];
    const files = takesFiles(command) ? ' $(compgen -f -- "$word")' : '';
    return `    ${command.name}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")${files}) ;;`;
  })
  .join('\n')}
  esac
}
complete -o filenames -F _es_config_monitor ${PROGRAM}
`;
}

function zsh(commands: readonly Command[]): string {
  const described = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&').replace(/'/g, `'\\''`);
  const action = (option: Option): string => {
    if (option.type === 'flag') return '';
    const words = wordsOf(option);
    return `:${option.value.replace(/\|/g, ' ')}:${takesFile(option) ? '_files' : words.length > 0 ? `(${words.join(' ')})` : ' '}`;
  };
  const specs = (command: Command): readonly string[] => [
    ...optionsOf(command).map(({ name, option }) => {
      const isMany = option.type === 'texts' ? '*' : '';
      const value = option.type === 'flag' ? '' : '=';
      return `'${isMany}--${name}${value}[${described(option.description)}]${action(option)}'`;
    }),
    ...(takesFiles(command) ? [`'*:path:_files'`] : []),
    ...(operandWords(command, commands).length > 0 ? [`'*:word:(${operandWords(command, commands).join(' ')})'`] : []),
  ];
  return `#compdef ${PROGRAM}
_es_config_monitor() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${described(summary)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map((command) => `    ${command.name})\n      _arguments ${specs(command).join(' \\\n        ')}\n      ;;`).join('\n')}
  esac
}
# Loaded by its name it completes at once; sourced, it is told of.
if [[ $funcstack[1] == _${PROGRAM} ]]; then
  _es_config_monitor "$@"
else
  compdef _es_config_monitor ${PROGRAM}
fi
`;
}

function fish(commands: readonly Command[]): string {
  const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const line = (...parts: readonly string[]): string => `complete -c ${PROGRAM} ${parts.join(' ')}\n`;
  const isFirst = '-n __fish_use_subcommand';
  return [
    line('-f'),
    ...commands.map(({ name, summary }) => line(isFirst, '-a', name, '-d', quote(summary))),
    ...commands.flatMap((command) => {
      const isHere = `-n ${quote(`__fish_seen_subcommand_from ${command.name}`)}`;
      const words = operandWords(command, commands);
      return [
        ...(takesFiles(command) ? [line(isHere, '-F')] : []),
        ...(words.length > 0 ? [line(isHere, '-a', quote(words.join(' ')))] : []),
        ...optionsOf(command).map(({ name, option }) => {
          const values = wordsOf(option);
          const takes =
            option.type === 'flag'
              ? []
              : takesFile(option)
                ? ['-r', '-F']
                : ['-x', ...(values.length > 0 ? ['-a', quote(values.join(' '))] : [])];
          return line(isHere, '-l', name, ...takes, '-d', quote(option.description));
        }),
      ];
    }),
  ].join('');
}
