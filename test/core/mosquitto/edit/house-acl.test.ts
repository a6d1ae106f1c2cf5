import { describe, expect, it } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { createAccessTable, tableTexts } from '../../../../src/core/mosquitto/access-table.ts';
import { parseAclFile } from '../../../../src/core/mosquitto/acl-file.ts';
import { houseAcl, unservedOf } from '../../../../src/core/mosquitto/edit/house-acl.ts';
import { lintAcl } from '../../../../src/core/mosquitto/lint/acl-lint.ts';
import { needsOfDevices } from '../../../../src/core/mosquitto/lint/house-needs.ts';

const ROLES = { viewers: ['guest'], operators: ['monitor'], masters: ['master'] };
const article = presets.article as HouseConfig;

function write(config: HouseConfig, roles = ROLES) {
  const made = houseAcl(createHouse(config), roles);
  return made.ok ? made.value : made.error.map(fault => fault.message).join('\n');
}

describe('houseAcl', () => {
  it.each(Object.entries(presets))('gives a file for %s in which nothing is found', (_, config) => {
    const acl = parseAclFile(write(config), 'acl');
    const needs = needsOfDevices(createHouse(config));
    const nothing = { passwords: null, conf: null, files: [], doubleHashed: [], version: null };
    expect(lintAcl({ acl, needs, ...nothing })).toEqual([]);
  });

  it('gives each the least that does', () => {
    const { heading, rows } = tableTexts(createAccessTable(parseAclFile(write(article), 'acl'), [], ['other/topic']));
    const rightsOn = (topic: string) => {
      const row = rows.find(cells => cells[0] === topic) ?? [];
      return Object.fromEntries(heading.map((user, column) => [user, row[column]]).slice(1));
    };
    const nobody = { heating: '-', dhtclient: '-', guest: '-', monitor: '-', master: 'rw' };
    expect(rightsOn('heating/flow')).toEqual({ ...nobody, heating: 'w', guest: 'r', monitor: 'r' });
    expect(rightsOn('cellar/fan')).toEqual({ ...nobody, dhtclient: 'r', monitor: 'w' });
    expect(rightsOn('cellar/fan/done')).toEqual({ ...nobody, dhtclient: 'w', guest: 'r', monitor: 'r' });
    expect(rightsOn('other/topic')).toEqual(nobody);
    expect(rightsOn('$SYS/#')).toEqual({ ...nobody, master: 'r' });
  });

  it('joins what a user may in two roles, and keeps masters short', () => {
    const text = write(article, { viewers: [], operators: ['heating'], masters: ['dhtclient'] });
    expect(text).toContain('user dhtclient\ntopic readwrite #\ntopic read $SYS/#\n\n');
    expect(text.match(/^user /gm)).toHaveLength(2);
    expect(text).toContain('topic readwrite heating/flow');
  });

  it('has a line for topics that # does not match', () => {
    const text = write({ ...article, sensors: { flow: { ...article.sensors.flow, topic: '$x/flow' } } } as HouseConfig);
    expect(text).toMatch(/user master\ntopic readwrite #\ntopic readwrite \$x\/flow\n/);
  });

  it('says all that it cannot write', () => {
    const sensors = { ...article.sensors, flow: { ...article.sensors.flow, topic: 'heating/flow ' } };
    const said = write({ ...article, sensors } as HouseConfig, { ...ROLES, viewers: [' a', 'b\nc'] });
    expect(said.split('\n')).toEqual([
      'an ACL file cannot name the user " a"',
      'an ACL file cannot name the user "b\ufffdc"',
      'an ACL file cannot name the topic "heating/flow ": mosquitto cuts blanks off at both ends',
    ]);
    const system = { ...article.sensors, flow: { ...article.sensors.flow, topic: '$SYS/flow' } };
    expect(write({ ...article, sensors: system } as HouseConfig)).toContain('nobody write below $SYS');
  });
});

it('names what no client of the house publishes', () => {
  expect(unservedOf(createHouse(article))).toEqual([]);
  expect(unservedOf(createHouse({ ...article, clients: {} }))).toContain('Pump');
});
