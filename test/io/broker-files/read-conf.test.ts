import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBrokerConf } from '../../../src/io/broker-files/read-conf.ts';
import { tryStart } from '../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const program = requireProgram('mosquitto');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-conf-'));
  mkdirSync(join(folder, 'conf.d'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, 'conf');
}

describe('a conf with what it includes', () => {
  it('is read in the order of mosquitto: at the place of the line, capitals right before their small letters', () => {
    const names = ['b', 'A', '01', 'a', 'B', '00'];
    const conf = write({
      conf: `listener 1\ninclude_dir ${folder}/conf.d\nlistener 2\n`,
      ...Object.fromEntries(names.map(name => [`conf.d/${name}.conf`, `clientid ${name}\n`])),
      'conf.d/notes.txt': 'not a conf',
    });
    const { conf: read, files } = readBrokerConf(conf);
    expect(read.settings.map(({ value }) => value)).toEqual([
      '1',
      `${folder}/conf.d`,
      '00',
      '01',
      'A',
      'a',
      'B',
      'b',
      '2',
    ]);
    expect(files.map(file => file.replace(`${folder}/`, ''))).toEqual([
      ...[
        'conf',
        'conf.d/00.conf',
        'conf.d/01.conf',
        'conf.d/A.conf',
        'conf.d/a.conf',
        'conf.d/B.conf',
        'conf.d/b.conf',
      ],
    ]);
  });

  it.runIf(program !== null)('and a real mosquitto reads them in that order', async () => {
    const names = ['b', 'A', '01', 'a', 'B', '00'];
    const conf = write({
      conf: `log_dest stderr\ninclude_dir ${folder}/conf.d\nuser root\nno_such_setting\n`,
      ...Object.fromEntries(names.map(name => [`conf.d/${name}.conf`, '# nothing\n'])),
    });
    const { log } = await tryStart(conf);
    const order = [...log.matchAll(/conf\.d\/(\w+)\.conf'?$/gm)].map(([, name]) => name);
    expect(order).toEqual(['00', '01', 'A', 'a', 'B', 'b']);
  });

  it('says of a missing folder that the broker does not start, where it is known which one is meant', () => {
    const conf = write({ conf: `include_dir ${folder}/none\ninclude_dir none\n` });
    const lines = (cwd: string | null) => readBrokerConf(conf, cwd).conf.issues.map(({ place }) => place?.line);
    expect(lines(null)).toEqual([1]);
    expect(lines(folder)).toEqual([1, 2]);
  });

  it.runIf(process.getuid?.() !== 0)('names what it may not read', () => {
    const conf = write({ conf: `include_dir ${folder}/conf.d\n`, 'conf.d/a.conf': 'x' });
    chmodSync(join(folder, 'conf.d/a.conf'), 0);
    expect(readBrokerConf(conf).unread).toMatchObject([{ fault: { code: 'EACCES' } }]);
  });

  it('is nothing where the conf itself is not there', () => {
    expect(readBrokerConf(join(folder, 'none'))).toMatchObject({ files: [], unread: [{ fault: { code: 'ENOENT' } }] });
  });
});
