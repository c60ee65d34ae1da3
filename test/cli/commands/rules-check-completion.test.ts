import { spawnSync } from 'node:child_process';
import { COMMANDS } from '../../../cli/commands/all';
import { runCommandLine } from '../../../cli/command-line';
import { EVENT_NAMES } from '../../../core/call';
import { RULE_IDS } from '../../../core/rules';
import { toldBy } from '../../support/console';
import { temporaryFolder } from '../../support/log-files';

const { at, file } = temporaryFolder();

const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, args, console));

describe('rules', () => {
  test('are a line each', async () => {
    const { out, code } = await run('rules');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(RULE_IDS);
    expect(code).toBe(0);
  });

  test('are the catalogue in JSON', async () => {
    const rules = JSON.parse((await run('rules', '--format', 'json')).out) as readonly {
      id: string;
      severities: object;
    }[];
    expect(rules.map(({ id }) => id)).toEqual(RULE_IDS);
    expect(rules[0]?.severities).toHaveProperty('CRITICAL');
  });

  describe('as Sigma rules', () => {
    /** A YAML document in which each text is in quotation marks: by its indents. */
    function readYaml(document: string): Record<string, unknown> {
      const root: Record<string, unknown> = {};
      const stack: { indent: number; node: Record<string, unknown>; key?: string }[] = [{ indent: -1, node: root }];
      for (const line of document.split('\n').filter((each) => each !== '')) {
        const [, spaces = '', dash, name, text] = /^( *)(- )?(?:([\w|]+):)?(?: ?(".*"))?$/.exec(line) ?? [];
        expect(line).toMatch(/^ *(- )?([\w|]+:)?( ?".*")?$/);
        while ((stack.at(-1)?.indent ?? -1) >= spaces.length) stack.pop();
        const top = stack.at(-1);
        if (!top) throw new Error(line);
        if (dash) {
          const { node, key = '' } = top;
          node[key] = [...(Array.isArray(node[key]) ? (node[key] as unknown[]) : []), JSON.parse(text ?? '')];
        } else if (text !== undefined) top.node[name ?? ''] = JSON.parse(text);
        else {
          const child = {};
          top.node[name ?? ''] = child;
          // A list replaces it.
          stack.push({ indent: spaces.length, node: top.node, key: name ?? '' });
          if (!document.includes(`${line}\n${spaces}  - `)) stack.splice(-1, 1, { indent: spaces.length, node: child });
        }
      }
      return root;
    }

    test('have what the specification asks for', async () => {
      const documents = (await run('rules', '--format', 'sigma')).out.split('---\n').slice(1).map(readYaml);
      expect(documents).toHaveLength(RULE_IDS.length);
      expect(new Set(documents.map(({ id }) => id)).size).toBe(RULE_IDS.length);
      for (const { title, id, status, tags = [], logsource, detection, level, description } of documents) {
        expect((title as string).length).toBeLessThanOrEqual(256);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(status).toBe('test');
        for (const tag of tags as readonly string[]) expect(tag).toMatch(/^attack\.t\d{4}(\.\d{3})?$/);
        expect(logsource).toEqual({ product: 'aws', service: 'cloudtrail' });
        expect(['informational', 'low', 'medium', 'high', 'critical']).toContain(level);
        expect(description).not.toBe('');
        const { selection, condition } = detection as {
          selection: { eventSource: string; eventName?: readonly string[] };
          condition: string;
        };
        expect(selection.eventSource).toBe('es.amazonaws.com');
        for (const name of selection.eventName ?? []) expect(EVENT_NAMES).toContain(name);
        expect(condition).toMatch(/^selection( and not reads)?$/);
      }
    });

    test('name both generations of the API', async () => {
      const { out } = await run('rules', '--format', 'sigma');
      expect(out).toContain('"UpdateElasticsearchDomainConfig"');
      expect(out).toContain('"UpdateDomainConfig"');
    });
  });
});

describe('check', () => {
  test.each([
    ['nothing is wrong', '{"trustedAccounts":["111122223333"]}', 0],
    ['something is wrong', '{"trustedAccounts":["1"],"watchedEvents":["DeleteDomian"]}', 1],
  ])('tells that %s', async (says, content, expected) => {
    const { code, out } = await run('check', '--settings', file('monitor.json', content));
    expect(code).toBe(expected);
    const lines = out.trimEnd().split('\n');
    if (expected === 0) expect(lines).toEqual([`${at('monitor.json')}: ${says}`]);
    else expect(lines.filter((line) => line.startsWith(`${at('monitor.json')}: `))).toHaveLength(2);
  });

  test('says nothing where all is well and quiet is asked for', async () => {
    expect(await run('check', '--quiet', '--settings', file('monitor.json', '{}'))).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  test('needs a file', async () => {
    await expect(run('check')).rejects.toThrow('nothing to check; allowed: a PATH, or --settings FILE');
    await expect(run('check', '--settings', 'gone.json')).rejects.toThrow('cannot be read: ENOENT');
  });
});

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('for %s knows every command, option and choice', async (shell) => {
    const { out } = await run('completion', shell);
    for (const { name, options } of COMMANDS) {
      expect(out).toContain(name);
      for (const option of Object.keys(options)) expect(out).toContain(option);
    }
    expect(out).toContain('text json csv markdown sarif');
    const words = (line: string): number => line.length;
    expect(Math.max(...out.split('\n').map(words))).toBeLessThan(2000);
  });

  test('for bash completes', async () => {
    const script = file('completion.bash', (await run('completion', 'bash')).out);
    const complete = (...line: readonly string[]): readonly string[] => {
      const words = ['es-config-monitor', ...line].map((word) => `'${word}'`).join(' ');
      const { stdout, stderr } = spawnSync(
        'bash',
        [
          '-c',
          `source ${script}; COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _es_config_monitor; printf '%s\\n' "\${COMPREPLY[@]}"`,
        ],
        { encoding: 'utf8', cwd: at() },
      );
      expect(stderr).toBe('');
      return stdout.split('\n').filter((word) => word !== '');
    };
    expect(complete('re')).toEqual(['report']);
    expect(complete('scan', '--format', 's')).toEqual(['sarif']);
    expect(complete('scan', '--format', '=', 's')).toEqual(['sarif']);
    expect(complete('scan', '--form')).toEqual(['--format']);
    expect(complete('help', 'ch')).toEqual(['check']);
    expect(complete('completion', 'f')).toEqual(['fish']);
    expect(complete('scan', 'compl')).toEqual(['completion.bash']);
    expect(complete('check', '--settings', 'compl')).toEqual(['completion.bash']);
  });

  test('for zsh gives each option as one word, whatever its description quotes', async () => {
    const { out } = await run('completion', 'zsh');
    const words = [...out.matchAll(/^ +(?:_arguments )?('.*')(?: \\)?$/gm)].map(([, word = '']) => word);
    const { stdout, stderr } = spawnSync('sh', ['-c', `printf '%s\\n' ${words.join(' ')}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toHaveLength(words.length);
    expect(stdout).toContain(
      "--settings=[a JSON file with what to watch and whom to trust, as the stack's props name it]:",
    );
  });

  test('for another shell is refused', async () => {
    await expect(run('completion', 'tcsh')).rejects.toThrow('SHELL is "tcsh"; allowed: bash, zsh, fish');
  });
});
