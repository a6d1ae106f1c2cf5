import { join } from 'node:path';
import { SETUP_NAMES } from '../../core/mosquitto/setup/conf.ts';
import type { PlannedFile } from '../../core/mosquitto/setup/plan.ts';
import { shownWord } from '../../core/to-copy.ts';
import { closedFolder, isRoot } from '../../io/broker-setup/machine.ts';
import { brokerUser } from '../../io/broker-setup/mosquitto-program.ts';
import { type SetupTask, SYSTEM_FOLDER } from './answers.ts';
import { type Compared, changeOf } from './setup-report.ts';

/**
 * What is left to do, as commands: files that are not where or whose the broker wants them, its restart, and the proof that
 * it decides by them. `hasConf`: a conf of the broker's own is in its folder.
 */
export function aftermathText(task: SetupTask, hasConf: boolean, compared: readonly Compared[]): string {
  const files = compared.map(({ file }) => file);
  const { wish, folder } = task;
  const isStaged = wish.brokerFolder !== folder;
  const lines = [
    ...(isStaged ? installLines(task, files) : ownerLines(task, files)),
    startLine(task, hasConf, isReloadEnough(compared)),
    probeLine(task),
    `hometui ${connectionWords(task)} --user ${shownWord(wish.roles.masters[0] ?? wish.roles.operators[0] ?? 'master')}`,
  ];
  return [
    `\nWritten to ${folder}. What is left to do:\n`,
    ...closedText(task),
    ...lines.map(line => `    ${line}\n`),
    `To take it back:\n    hometui setup --undo --dir ${shownWord(folder)}\n`,
  ].join('');
}

function installLines({ wish, folder }: SetupTask, files: readonly PlannedFile[]): readonly string[] {
  const installed = files.filter(({ reader }) => reader !== 'owner');
  const folders = [...new Set(installed.map(({ name }) => join(wish.brokerFolder, name, '..')))];
  return [
    `sudo mkdir -p ${folders.map(shownWord).join(' ')}`,
    ...installed.map(({ name, reader }) => {
      const owner = reader === 'broker' ? '-o mosquitto -g mosquitto -m 0600' : '-m 0644';
      return `sudo install ${owner} ${shownWord(join(folder, name))} ${shownWord(join(wish.brokerFolder, name))}`;
    }),
  ];
}

/** Root has given the files to the broker's user already. */
function ownerLines({ folder }: SetupTask, files: readonly PlannedFile[]): readonly string[] {
  if (isRoot()) return [];
  const words = files.filter(({ reader }) => reader === 'broker').map(({ name }) => shownWord(join(folder, name)));
  return folder === SYSTEM_FOLDER ? [`sudo chown mosquitto:mosquitto ${words.join(' ')}`] : [];
}

/** Users and rights are read anew at a reload; listeners, certificates and what the conf says of them at a start only. */
function isReloadEnough(compared: readonly Compared[]): boolean {
  const { passwords, acl } = SETUP_NAMES;
  return compared.every(
    one =>
      [passwords, acl].some(name => name === one.file.name) || one.file.reader === 'owner' || changeOf(one) === 'same',
  );
}

function startLine({ wish }: SetupTask, hasConf: boolean, isReload: boolean): string {
  if (hasConf || wish.brokerFolder === SYSTEM_FOLDER)
    return `sudo systemctl ${isReload ? 'reload' : 'restart'} mosquitto`;
  return `mosquitto -c ${shownWord(join(wish.brokerFolder, SETUP_NAMES.conf))}`;
}

/** A device's user: there is much that it may not, so that the broker can be asked to deny it. */
function probeLine(task: SetupTask): string {
  const { wish, folder } = task;
  const [device = wish.roles.operators[0] ?? 'monitor'] = [...wish.house.clients].map(
    ([id, client]) => client.user ?? id,
  );
  const aclWord = shownWord(join(folder, SETUP_NAMES.acl));
  return `hometui acl probe ${aclWord} ${connectionWords(task)} --user ${shownWord(device)}`;
}

function connectionWords({ wish }: SetupTask): string {
  const [plain] = wish.listeners;
  const host = plain?.bind ?? 'localhost';
  return `--host ${shownWord(host)}${plain?.port === 1_883 ? '' : ` --port ${plain?.port}`}`;
}

/** A folder on the way that keeps the broker's user out. */
function closedText({ wish, folder }: SetupTask): readonly string[] {
  const user = isRoot() && wish.brokerFolder === folder ? brokerUser() : null;
  const closed = user === null ? null : closedFolder(folder, user);
  if (closed === null) return [];
  return [
    `The user mosquitto cannot enter ${closed}: let it in (sudo chmod o+x ${shownWord(closed)}), or run this with --dir elsewhere.\n`,
  ];
}
