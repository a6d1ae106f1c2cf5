import type { House } from '../house/house.ts';
import type { PlannedFile } from '../mosquitto/setup/plan.ts';
import type { SetupUser } from '../mosquitto/setup/users.ts';
import { type BrokerAccess, deviceAccesses } from './device-access.ts';
import { micropythonProgram } from './micropython-program.ts';
import { sealKeyFile } from './seal-key.ts';
import { SEAL_MODULE } from './seal-module.ts';
import {
  arduinoHeader,
  esphomeYaml,
  micropythonSettings,
  nodeRedFields,
  type OpenAccess,
  tasmotaLines,
} from './settings-files.ts';

/** Below the folder of a set-up. */
const FOLDER = 'devices';

/**
 * What the devices of a house are given, in whatever language they speak, and what people fill into Node-RED. A user whose
 * password is not known has none of these.
 */
export function deviceFiles(house: House, users: readonly SetupUser[], broker: BrokerAccess): readonly PlannedFile[] {
  const devices = deviceAccesses(house, broker).flatMap(access => {
    const { password } = access;
    return password === null ? [] : ofDevice({ ...access, password });
  });
  const people = users.flatMap(({ name, clients }) => {
    const password = broker.passwords.get(name);
    if (clients.length > 0 || password === undefined) return [];
    return [asFile(`people/${safeName(name)}.txt`, 'the fields of Node-RED', nodeRedFields(name, password, broker))];
  });
  return [...devices, ...people];
}

function ofDevice(access: OpenAccess): readonly PlannedFile[] {
  const program = micropythonProgram(access);
  // An id of the house file is a name that every file system takes.
  const file = (name: string, what: string, text: string): PlannedFile => asFile(`${access.id}/${name}`, what, text);
  const forPython = [
    file('settings.py', 'for MicroPython', micropythonSettings(access)),
    ...(program === null ? [] : [file('main.py', 'the whole program for MicroPython', program)]),
  ];
  // The others have nothing to seal with.
  if (access.sealKey !== null)
    return [
      ...forPython,
      file('seal.py', 'what seals, for MicroPython', SEAL_MODULE),
      file('seal_key.py', 'its key', sealKeyFile(access.id, access.sealKey)),
    ];
  return [
    ...forPython,
    file('settings.h', 'for Arduino', arduinoHeader(access)),
    file('tasmota.txt', "for Tasmota's console", tasmotaLines(access)),
    file('esphome.yaml', 'for ESPHome', esphomeYaml(access)),
  ];
}

function asFile(name: string, what: string, text: string): PlannedFile {
  const content = new TextEncoder().encode(text);
  return { name: `${FOLDER}/${name}`, what, content, reader: 'owner', isSecret: true };
}

/** A user's name as the name of a file: what is no letter or digit is written as its number. */
function safeName(name: string): string {
  return [...name].map(one => (/[\w-]/.test(one) ? one : `.${(one.codePointAt(0) ?? 0).toString(16)}`)).join('');
}
