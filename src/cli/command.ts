/** One operation as a command: its words, its flags from the input's fields, its help from its own sentences. */
import { Command, type CommanderError, Option } from 'commander';
import { z } from 'zod';
import { Problem } from '../base/problem.ts';
import type { Operation } from '../desk/operation.ts';

/** `isGroup`: other commands have this one's words and more, so that its own options end where theirs begin. */
export function commandFor(
  program: Command,
  operation: Operation,
  act: (command: Command) => Promise<void>,
  isGroup = false,
): void {
  const words = operation.words.split(' ');
  const last = words.pop()!;
  const parent = words.reduce((under, word) => group(under, word, program), program);
  const command = new Command(last).copyInheritedSettings(program).description(operation.does);
  refuseAsUsage(command, operation.words);
  const positional = operation.positional ?? [];
  for (const name of positional) {
    const field = fieldOf(operation, name.replace(/\.\.\.$/, ''));
    command.argument(field.optional ? `[${name}]` : `<${name}>`, field.description);
  }
  for (const name of Object.keys(operation.input.shape)) {
    if (positional.some((one) => one.replace(/\.\.\.$/, '') === name) || name === operation.open) continue;
    const field = fieldOf(operation, name);
    const option = new Option(
      `--${name}${field.flag ? '' : ` <${field.hint}${field.many ? '...' : ''}>`}`,
      field.description,
    );
    // A command below would be held to it too; the door asks for it all the same.
    if (!field.optional && !isGroup) option.makeOptionMandatory();
    command.addOption(option);
  }
  if (operation.open) command.allowUnknownOption().allowExcessArguments();
  if (isGroup) command.enablePositionalOptions();
  command.addHelpText(
    'after',
    `\nExample:\n  ${operation.example}\n\nBefore or after the command: --data DIR, --as NAME, --json`,
  );
  // The options every command takes may stand after its words too.
  takeEverywhere(program, command);
  command.action(() => act(command));
  parent.addCommand(command);
  if (parent !== program) listUnder(parent, operation.example);
}

/** Words that are no command of their own. */
const GROUPS = new WeakSet<Command>();
const EXAMPLES = new WeakMap<Command, string[]>();

/** A word with commands below it: what they are called, and an example of each. */
function listUnder(parent: Command, example: string): void {
  if (GROUPS.has(parent)) parent.description(parent.commands.map((one) => one.name()).join(', '));
  const examples = EXAMPLES.get(parent) ?? [];
  examples.push(example);
  if (examples.length > 1) return;
  EXAMPLES.set(parent, examples);
  parent.addHelpText('after', () => `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
}

/** Wrong usage is a problem like any other: a code, what is wrong, and where to read what the command takes. */
export function refuseAsUsage(command: Command, words: string): void {
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) throw error;
    const said =
      error.code === 'commander.help' ? `${words || 'fourcorners'}: a command is missing` : inOneLine(error.message);
    throw new Problem(
      'input/usage',
      `${said}. Nothing was done; \`fourcorners ${words ? `${words} ` : ''}--help\` says what it takes.`,
    );
  });
}

function inOneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}

/** `help`, and `help` with a command's words. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  const help = new Command('help')
    .description('Say what a command takes, with an example.')
    .argument('[words...]', 'the command');
  help.copyInheritedSettings(program).action((words: string[]) => {
    let found = program;
    for (const word of words) {
      const next = found.commands.find((command) => command.name() === word);
      if (!next)
        throw new Problem('input/usage', `There is no command ${words.join(' ')}. \`fourcorners help\` lists them.`);
      found = next;
    }
    found.outputHelp();
  });
  refuseAsUsage(help, 'help');
  program.addCommand(help);
}

function takeEverywhere(program: Command, command: Command): void {
  for (const option of program.options) command.addOption(new Option(option.flags, option.description).hideHelp());
}

function group(under: Command, word: string, program: Command): Command {
  const found = under.commands.find((command) => command.name() === word);
  if (found) return found;
  const made = new Command(word).copyInheritedSettings(under).helpCommand(false);
  refuseAsUsage(made, word);
  takeEverywhere(program, made);
  GROUPS.add(made);
  under.addCommand(made);
  return made;
}

type Field = { description: string; optional: boolean; flag: boolean; many: boolean; hint: string };

function fieldOf(operation: Operation, name: string): Field {
  const schema = operation.input.shape[name] as z.ZodType;
  let inner: z.ZodType = schema;
  let optional = false;
  let fallback: unknown;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    optional = true;
    if (inner instanceof z.ZodDefault) fallback = inner.def.defaultValue;
    inner = inner.unwrap() as z.ZodType;
  }
  const choices = inner instanceof z.ZodEnum ? ` (${inner.options.join(', ')})` : '';
  const said = schema.description ?? inner.description ?? '';
  return {
    description: `${said}${choices}${fallback !== undefined && fallback !== false ? `; ${String(fallback)} unless given` : ''}`,
    optional,
    flag: inner instanceof z.ZodBoolean,
    many: inner instanceof z.ZodArray,
    hint: name === 'file' || name === 'document' || name === 'profile' ? 'file' : name === 'out' ? 'dir' : 'value',
  };
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The operation's input as the words on the line give it. */
export function givenBy(operation: Operation, command: Command): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const options = command.opts() as Record<string, unknown>;
  for (const name of Object.keys(operation.input.shape)) {
    // Commander keeps `--no-serve` as the absence of `serve`.
    const negated = name.startsWith('no-');
    const value = options[camel(negated ? name.slice(3) : name)];
    if (negated) given[name] = value === false;
    else if (value !== undefined) given[name] = value;
  }
  let rest = [...command.args];
  const opened: Record<string, string> = Object.create(null);
  if (operation.open) {
    const kept: string[] = [];
    for (let index = 0; index < rest.length; index++) {
      const word = rest[index]!;
      if (!word.startsWith('--')) kept.push(word);
      else {
        const [name, joined] = word.slice(2).split(/=(.*)/s);
        const next = rest[index + 1];
        const takes = joined === undefined && next !== undefined && !next.startsWith('--');
        opened[name!] = joined ?? (takes ? next! : 'true');
        if (takes) index++;
      }
    }
    rest = kept;
    given[operation.open] = opened;
  }
  for (const name of operation.positional ?? []) {
    if (name.endsWith('...')) {
      given[name.slice(0, -3)] = rest;
      rest = [];
    } else if (rest.length > 0) given[name] = rest.shift();
  }
  if (rest.length > 0)
    throw new Problem(
      'input/usage',
      `${operation.words} does not take “${rest[0]}”. Nothing was done; \`fourcorners ${operation.words} --help\` says what it takes.`,
    );
  return given;
}
