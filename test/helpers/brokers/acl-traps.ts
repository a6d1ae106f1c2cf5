import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBrokerFiles } from '../../../src/cli/acl/files.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { parseHouse } from '../../../src/core/house/parse.ts';
import type { Issue } from '../../../src/core/issue.ts';
import type { BrokerVersion } from '../../../src/core/mosquitto/broker-version.ts';
import { lintAcl } from '../../../src/core/mosquitto/lint/acl-lint.ts';
import { needsOfDevices } from '../../../src/core/mosquitto/lint/house-needs.ts';

/** What a trap's notes say: what is found, and what a broker does with it. */
export interface Expected {
  /** What mosquitto 2.1 does, where that is something else. */
  readonly broker21?: Expected['broker'];
  readonly why: string;
  readonly findings: readonly { file: string; line: number | null; severity: string; says: string }[];
  readonly modes?: Readonly<Record<string, string>>;
  readonly broker: {
    readonly starts: boolean;
    readonly exitCode?: number;
    readonly log?: string;
    readonly asUser?: string;
    readonly logins?: readonly { user: string; password: string; accepted: boolean }[];
    readonly decisions?: readonly { user: string | null; clientId: string; topic: string; allowed: boolean }[];
  };
}

const FIXTURES = new URL('../../fixtures/acl/', import.meta.url).pathname;
/** Files that are wrong in one way each. */
export const TRAPS = readdirSync(join(FIXTURES, 'traps'));
/** Sets of files in which nothing is wrong. */
export const CLEAN = readdirSync(join(FIXTURES, 'clean'));

/** The notes of a trap. */
export function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(FIXTURES, 'traps', name, 'expected.json'), 'utf8')) as Expected;
}

/** A copy of a fixture with its names, port and modes in place, in a folder that is to be removed. */
export function unpackTrap(kind: 'traps' | 'clean', name: string, port = 1): string {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-trap-'));
  chmodSync(folder, 0o755);
  cpSync(join(FIXTURES, kind, name), folder, { recursive: true });
  const conf = join(folder, 'conf');
  if (existsSync(conf)) {
    const text = readFileSync(conf, 'utf8').replaceAll('@DIR@', folder).replaceAll('@PORT@', String(port));
    writeFileSync(conf, text);
  }
  const { modes = {} } = kind === 'traps' ? expectedOf(name) : {};
  for (const file of readdirSync(folder)) chmodSync(join(folder, file), Number.parseInt(modes[file] ?? '0640', 8));
  return folder;
}

/**
 * What `acl check` finds in the folder of a trap. In thought, the files belong to somebody, and to the broker's group but
 * where the trap is that they do not.
 */
export function findInTrap(folder: string, name: string, version: BrokerVersion | null = null): readonly Issue[] {
  const path = (file: string): string | undefined => (existsSync(join(folder, file)) ? join(folder, file) : undefined);
  const files = readBrokerFiles(join(folder, 'acl'), path('passwords'), path('conf'), version);
  const group = name === 'unreadable-acl' ? 'somebody' : 'mosquitto';
  const owned = files.files.map(facts => ({ ...facts, owner: 'somebody', group }));
  return lintAcl({ ...files, files: owned, needs: needsIn(folder) });
}

function needsIn(folder: string) {
  const file = join(folder, 'house.json');
  if (!existsSync(file)) return [];
  const house = parseHouse(readFileSync(file, 'utf8'), file);
  if (!house.ok) throw new Error(JSON.stringify(house.error));
  return needsOfDevices(createHouse(house.value));
}
