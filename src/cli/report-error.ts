import { ExitCode } from '../app/exit-code.ts';
import { Failure } from '../app/failure.ts';
import type { World } from '../app/world.ts';
import { cleanLines } from '../core/clean-text.ts';
import { maskAddress, maskSecrets } from '../core/mask-secrets.ts';
import { wantsNagios } from './args/parse.ts';
import { print } from './stdio/output.ts';

/**
 * Says what ended a command and gives its exit code. A person gets one sentence and the cure on standard error; Nagios
 * gets its one line on standard output and 3. What is no `Failure` is a fault in hometui itself: 70, and never a stack
 * trace unless `HOMETUI_DEBUG=1`.
 */
export async function reportError(error: unknown, world: World): Promise<ExitCode> {
  const failure = error instanceof Failure ? error : bugOf(error);
  const cure = failure.cure === null ? '' : `\n  ${failure.cure.replaceAll('\n', '\n  ')}`;
  // What was typed, or stands in a file that was named, is in these words.
  const text = cleanLines(hideTyped(failure.message + cure, world.argv));
  if (wantsNagios(world.argv)) {
    await print(world.stdout, `HOMETUI UNKNOWN - ${text.replaceAll('|', '/')}\n`).catch(() => 'closed');
    return ExitCode.unknown;
  }
  const trace =
    world.env.HOMETUI_DEBUG === '1' && error instanceof Error ? `\n${hideTyped(error.stack ?? '', world.argv)}` : '';
  await print(world.stderr, `hometui: ${text}${trace}\n`).catch(() => 'closed');
  return failure.exitCode;
}

/** A password in an address, wherever it was typed: one with blanks in it is known by the word that it stands in. */
function hideTyped(text: string, argv: readonly string[]): string {
  const typed = argv.filter(word => /\s/.test(word)).map(word => word.replace(/^--[a-z-]+=/, ''));
  return maskSecrets(typed.reduce((left, word) => left.replaceAll(word, maskAddress(word)), text));
}

/** What .build/loader.cjs throws where the program's own files are of another build by now; it may be why something failed. */
const REPLACED = 'HOMETUI_REPLACED';

function isReplaced(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === REPLACED) || isReplaced(error.cause);
}

function bugOf(error: unknown): Failure {
  if (isReplaced(error)) {
    const message = 'another version was put in its place while it ran, and the rest of this one cannot be loaded';
    return new Failure(ExitCode.bug, message, 'Start it again.');
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Failure(
    ExitCode.bug,
    `this is a fault in hometui itself: ${what}`,
    'Please report it; HOMETUI_DEBUG=1 in the environment shows where it happened.',
  );
}
