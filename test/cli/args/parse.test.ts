import { describe, expect, it } from 'vitest';
import { commandEntries, commands } from '../../../src/cli/args/commands.ts';
import { longForm, optionEntries } from '../../../src/cli/args/options.ts';
import { parseArguments, readWord, wantedHelp, wantsNagios, wantsVersion } from '../../../src/cli/args/parse.ts';
import { readPlainly } from '../../../src/cli/args/read-arguments.ts';
import { readWithMeow } from '../../../src/cli/args/read-with-meow.ts';

const parse = async (line: string) => parseArguments(line.split(' ').filter(Boolean));
const faultOf = async (line: string): Promise<string> => {
  const parsed = await parse(line);
  return parsed.ok ? `no fault: ${JSON.stringify(parsed.value)}` : `${parsed.error.message} | ${parsed.error.cure}`;
};

describe('parseArguments', () => {
  it('takes the short forms of mosquitto_sub, with -h as the host', async () => {
    expect(await parse('status -h pi -p 8883 -u master -P secret -V 311 -i me -k 30')).toEqual({
      ok: true,
      value: {
        command: 'status',
        operands: [],
        flags: {
          host: 'pi',
          port: 8883,
          user: 'master',
          password: 'secret',
          protocolVersion: '311',
          id: 'me',
          keepalive: 30,
        },
      },
    });
  });

  it('is the console where there is no command', async () => {
    expect(await parse('')).toEqual({ ok: true, value: { command: 'console', operands: [], flags: {} } });
  });

  it('adds lists up and lets the last of other options count', async () => {
    expect(await parse('status --only flow,return --only pump -h one -h two')).toMatchObject({
      value: { flags: { only: ['flow', 'return', 'pump'], host: 'two' } },
    });
  });

  it('takes short forms that share a word, and a value right behind its short form', async () => {
    expect(await parse('set -yn -Fjson -hpi -p1884 pump=on')).toMatchObject({
      value: { operands: ['pump=on'], flags: { yes: true, dryRun: true, format: 'json', host: 'pi', port: 1884 } },
    });
    expect(await parse('status -P-x')).toMatchObject({ value: { flags: { password: '-x' } } });
    expect(await parse('set -nP -- pump=on')).toMatchObject({ ok: false });
    expect(await parse('set -- -yn')).toMatchObject({ value: { operands: ['-yn'], flags: {} } });
    expect(await faultOf('set -yZ')).toContain('there is no option -yZ');
  });

  it('takes operands from behind --', async () => {
    expect(await parse('set --yes -- pump on')).toMatchObject({
      value: { command: 'set', operands: ['pump', 'on'], flags: { yes: true } },
    });
  });

  it('takes an empty password and one that begins with a dash', async () => {
    expect(await parseArguments(['-P', ''])).toMatchObject({ value: { flags: { password: '' } } });
    expect(await parse('--password=-x')).toMatchObject({ value: { flags: { password: '-x' } } });
  });

  it.each([
    ['stauts', 'there is no command stauts | Did you mean status?'],
    ['console', 'there is no command console'],
    ['status --hots pi', 'there is no option --hots | Did you mean --host?'],
    ['set --dryRun pump on', 'there is no option --dryRun'],
    ['status --Host pi', 'there is no option --Host'],
    ['status --constructor', 'there is no option --constructor'],
    ['status --no-user', 'there is no option --no-user'],
    ['status --no-insecure', 'there is no option --no-insecure'],
    ['status --no-host=pi', 'there is no option --no-host'],
    ['set pump on --no-yes', 'there is no option --no-yes'],
    ['status --nonsense=1', 'there is no option --nonsense | hometui --help lists the options.'],
    ['-h', '-h or --host needs a value | -h is the host'],
    ['status -P -x', '-P or --password needs a value'],
    ['status --house=', '--house needs a value'],
    ['-p 65536', '--port 65536 is not possible | It takes a whole number from 1 to 65535.'],
    ['-p 0x50', '--port 0x50 is not possible'],
    ['status --timeout 1e3', '--timeout 1e3 is not possible'],
    ['status --format jason', '--format does not know "jason" | It takes text, json, nagios, prometheus, csv. Did you'],
    ['terminal --theme light', 'hometui terminal does not take --theme'],
    [
      'watch --timeout 3',
      'hometui watch does not take --timeout | It belongs to hometui status, hometui get, hometui set, hometui doctor.',
    ],
  ])('says what is wrong with "%s"', async (line, fault) => {
    expect(await faultOf(line)).toContain(fault);
  });
});

it.each(optionEntries.map(([name]) => longForm(name)))(
  'has no --no- form of %s, whatever stands beside it',
  async form => {
    const negated = form.replace(/^--/, '--no-');
    for (const line of [
      negated,
      `status ${negated}`,
      `${negated}=x`,
      `status --unknown ${negated}`,
      `${negated} -- ${form}`,
    ])
      expect(await faultOf(line)).toMatch(/^there is no option --/);
  },
);

describe('readPlainly', () => {
  it('reads each line that it accepts as meow does', () => {
    const pieces = [
      ...optionEntries.flatMap(([name]) => [`--${name.replace(/[A-Z]/g, l => `-${l.toLowerCase()}`)}`]),
      ...optionEntries.flatMap(([, spec]) => (spec.short === undefined ? [] : [`-${spec.short}`])),
      ...['--host=pi', '--password=', '--yes=true', '--only=a,b', '--bogus', '-x', '-yn', '-p1', '--'],
      ...commandEntries.map(([name]) => name),
      ...['on', 'pump=on', 'true', 'false', '1883', '', 'a b', 'mqtt://[::1]:1883', '1e3', '007', 'a.b=c'],
    ];
    let state = 42;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    let accepted = 0;
    for (let round = 0; round < 3_000; round++) {
      const argv = Array.from({ length: next(6) }, () => pieces[next(pieces.length)] ?? '');
      const plain = readPlainly(argv);
      if (plain === null) continue;
      accepted++;
      expect({ argv, ...plain, values: new Map(plain.values) }).toEqual({ argv, ...readWithMeow(argv) });
    }
    expect(accepted).toBeGreaterThan(300);
  });
});

describe('what is decided before a line is parsed', () => {
  it.each([
    [['--help'], 'console'],
    [['status', '--help', '--bogus'], 'status'],
    [['--bogus', 'set', '--help'], 'set'],
    [['help'], 'console'],
    [['help', 'watch'], 'watch'],
    [['help', 'nothing'], null],
    [['set', '--', '--help'], null],
    [['-h', 'pi'], null],
  ])('%j asks for the help of %s', (argv, command) => {
    expect(wantedHelp(argv)).toBe(command);
  });

  it('obeys --version in any line, as each help says', () => {
    expect(wantsVersion(['status', '--bogus', '--version'])).toBe(true);
    expect(wantsVersion(['set', '--', '--version'])).toBe(false);
    expect(wantsVersion(['status'])).toBe(false);
  });

  it('knows the Nagios format in a broken line', () => {
    expect(wantsNagios(['status', '--bogus', '--format', 'nagios'])).toBe(true);
    expect(wantsNagios(['--format=nagios'])).toBe(true);
    expect(wantsNagios(['status', '-Fnagios', '--bogus'])).toBe(true);
    expect(wantsNagios(['status', 'nagios'])).toBe(false);
  });
});

describe('readWord', () => {
  it('takes a word that the command knows and names the nearest for one that it does not', () => {
    expect(readWord('config', ['show'])).toEqual({ ok: true, value: 'show' });
    expect(readWord('acl', ['chek'])).toMatchObject({
      error: { cure: expect.stringContaining('Did you mean check?') },
    });
    expect(readWord('config', [])).toMatchObject({ error: { message: 'hometui config needs a word' } });
  });
});

describe('the tables', () => {
  it('give each short form to one option only, and each option at least one command', () => {
    const shorts = optionEntries.flatMap(([, spec]) => spec.short ?? []);
    expect(new Set(shorts).size).toBe(shorts.length);
    for (const [name, spec] of optionEntries) expect(spec.commands.length, name).toBeGreaterThan(0);
  });

  it('give each command examples that parse', async () => {
    for (const [name, spec] of Object.entries(commands)) {
      for (const [line] of spec.examples) {
        const argv = /^[^|>]*?hometui ?([^|>)]*)/.exec(line)?.[1]?.trim().split(' ').filter(Boolean) ?? ['?'];
        const parsed = await parseArguments(argv);
        expect(parsed.ok, `${line}: ${JSON.stringify(parsed)}`).toBe(true);
        if (parsed.ok) expect(parsed.value.command).toBe(name);
      }
    }
  });
});
