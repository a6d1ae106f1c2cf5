import { ExitCode } from '../../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { cleanText } from '../../../core/clean-text.ts';
import { sealKeyFile } from '../../../core/device-files/seal-key.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import type { DeviceKey, Keys } from '../../../core/sealed/keys.ts';
import { writeSecretFile } from '../../../io/files/secret-file.ts';
import { settingsFolder } from '../../../io/preferences/folder.ts';
import { NO_HOME } from '../../../io/preferences/preferences.ts';
import { type KeyFile, openKeyFile } from '../../../io/sealed/key-file.ts';
import { fingerprint, newKey } from '../../../io/sealed/new-key.ts';
import type { commands } from '../../args/commands.ts';
import { refuseForeignFlags } from '../../args/operands.ts';
import type { OptionName } from '../../args/options.ts';
import type { Arguments } from '../../args/parse.ts';
import { failureOfChange } from '../../files/broker-file.ts';
import { keysTable, newKeyText, rotatedText } from '../../keys/keys-report.ts';
import { askYes, canAsk } from '../../stdio/ask.ts';
import { print } from '../../stdio/output.ts';

type KeysWord = (typeof commands)['keys']['words'][number];

const TAKEN: Readonly<Record<KeysWord, readonly OptionName[]>> = {
  new: ['output'],
  show: ['output'],
  rotate: ['output', 'for'],
  revoke: ['yes'],
};

/** As the ids of a house file. */
const DEVICE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
/** Time to walk to each device with its new key, seconds. */
const OLD_KEY_FOR_S = 7 * 86_400;

/** `hometui keys new|show|rotate|revoke [DEVICE]`: the keys of sealed payloads, which are never shown. */
export async function runKeys(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', device, ...rest] = args.operands;
  const kind = word as KeysWord;
  if (rest.length > 0 || (device === undefined && kind !== 'show')) {
    throw usage(`hometui keys ${kind} takes one device`, `As in: hometui keys ${kind} heating`);
  }
  if (device !== undefined && !DEVICE.test(device)) {
    const cure =
      'A device has the name that it has among the clients of the house file: a letter, then letters and digits.';
    throw usage(`"${cleanText(device, 60)}" is no name of a device`, cure);
  }
  refuseForeignFlags(kind, args, TAKEN);
  const folder = settingsFolder(world.env, world.platform);
  if (folder === null) throw failureOfIssues(ExitCode.config, [NO_HOME]);
  const file = openKeyFile(folder);
  await print(world.stdout, await textOf(kind, device ?? null, file, args, world));
  return ExitCode.ok;
}

function textOf(
  word: KeysWord,
  device: string | null,
  file: KeyFile,
  args: Arguments,
  world: World,
): string | Promise<string> {
  if (device === null) return showAll(file, args, world);
  switch (word) {
    case 'new':
      return makeNew(device, file, args, world);
    case 'show':
      return show(device, file, args, world);
    case 'rotate':
      return rotate(device, file, args, world);
    case 'revoke':
      return revoke(device, file, args, world);
  }
}

function showAll(file: KeyFile, { flags }: Arguments, world: World): string {
  if (flags.output !== undefined) throw usage('--output takes the key of one device', 'Name the device.');
  const keys = read(file);
  return (
    keysTable(keys, fingerprint, world.clock.wallNow()) ??
    `No device has a key yet: hometui keys new DEVICE makes one.\n`
  );
}

function show(device: string, file: KeyFile, { flags }: Arguments, world: World): string {
  const key = keyOf(device, read(file));
  const table = keysTable({ [device]: key }, fingerprint, world.clock.wallNow()) ?? '';
  return table + writeFor(device, key, flags.output);
}

function makeNew(device: string, file: KeyFile, { flags }: Arguments, world: World): string {
  const made: DeviceKey = { key: newKey(), madeAt: new Date(world.clock.wallNow()).toISOString() };
  change(file, keys => {
    if (Object.hasOwn(keys, device)) {
      throw usage(`${device} has a key already`, `Another one in its place: hometui keys rotate ${device}`);
    }
    return { ...keys, [device]: made };
  });
  return newKeyText(device, fingerprint(made.key), file.path, flags.output) + writeFor(device, made, flags.output);
}

function rotate(device: string, file: KeyFile, { flags }: Arguments, world: World): string {
  const now = world.clock.wallNow();
  const until = new Date(now + (flags.for ?? OLD_KEY_FOR_S) * 1_000).toISOString();
  const made = { key: newKey(), madeAt: new Date(now).toISOString() };
  const keys = change(file, old => {
    const { key } = keyOf(device, old);
    return { ...old, [device]: { ...made, previous: { key, until } } };
  });
  const text = rotatedText(device, fingerprint(made.key), Date.parse(until), flags.output);
  return text + writeFor(device, keyOf(device, keys), flags.output);
}

async function revoke(device: string, file: KeyFile, { flags }: Arguments, world: World): Promise<string> {
  const known = keyOf(device, read(file));
  if (flags.yes !== true) {
    if (!canAsk(world)) throw usage('there is no terminal to ask on', 'Say that you mean it: --yes');
    if (!(await askYes(world, `Forget the key ${fingerprint(known.key)} of ${device} for good?`))) {
      throw new Failure(ExitCode.interrupted, `the key of ${device} stays as it is`);
    }
  }
  change(file, keys => Object.fromEntries(Object.entries(keys).filter(([name]) => name !== device)));
  return `Forgot the key of ${device}. What it seals cannot be read any more, and it takes no command from here.\n`;
}

/** Writes the key for the device; nothing where no file was named. */
function writeFor(device: string, { key }: DeviceKey, path: string | undefined): string {
  if (path === undefined) return '';
  const written = writeSecretFile(path, sealKeyFile(device, key));
  if (!written.ok) throw failureOfChange(path, written.error);
  return `Wrote ${path}, mode 0600: put it on the device as seal_key.py, beside seal.py, then remove it here.\n`;
}

function keyOf(device: string, keys: Keys): DeviceKey {
  const key = Object.hasOwn(keys, device) ? keys[device] : undefined;
  if (key !== undefined) return key;
  const nearest = nearestWord(device, Object.keys(keys));
  const meant = nearest === null ? '' : ` Did you mean ${nearest}?`;
  throw usage(`${device} has no key`, `hometui keys new ${device} makes one.${meant}`);
}

function read(file: KeyFile): Keys {
  const keys = file.read();
  if (!keys.ok) throw failureOfIssues(ExitCode.config, [keys.error]);
  return keys.value;
}

function change(file: KeyFile, how: (old: Keys) => Keys): Keys {
  const keys = file.change(how);
  if (!keys.ok) throw failureOfIssues(ExitCode.config, [keys.error]);
  return keys.value;
}

function usage(message: string, cure: string): Failure {
  return new Failure(ExitCode.usage, message, cure);
}
