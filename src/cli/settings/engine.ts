import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { parseEngineAddress } from '../../core/engine/address.ts';
import type { Clock } from '../../io/clock.ts';
import { type Engine, openEngine } from '../../io/engine/engine.ts';
import { type EngineLogin, openEngineHttp } from '../../io/engine/http.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { readTextFile } from '../../io/files/text-file.ts';
import { firstLineOf } from '../files/password-line.ts';
import type { Settings } from './settings.ts';

/**
 * The database on another machine that is settled; `null` where none is. `stopped` breaks off what is being asked. Throws a
 * `Failure`: 64 for an address that cannot be taken, 66 for a login that cannot be read.
 */
export function openSettledEngine(
  { engine, engineLogin }: Settings,
  clock: Clock,
  stopped: AbortSignal,
): Engine | null {
  if (engine === undefined) return null;
  const address = parseEngineAddress(engine.value);
  if (!address.ok) throw new Failure(ExitCode.usage, address.error.message, address.error.cure);
  const login = engineLogin === undefined ? {} : readEngineLogin(engineLogin.value);
  return openEngine(address.value, openEngineHttp(login, clock, stopped));
}

const FORM = 'Write USER:PASSWORD or a token into its first line, and close it with chmod 600.';

/** Who we are for an engine, from the first line of a file. Throws a `Failure` (66). */
function readEngineLogin(path: string): EngineLogin {
  const text = readTextFile(path);
  if (!text.ok) {
    const message = `the engine's login ${path} cannot be read: ${text.error.why}`;
    throw new Failure(ExitCode.noInput, message, cureOfOwnFile(text.error, path, FORM));
  }
  const line = firstLineOf(text.value).trim();
  if (line === '') throw new Failure(ExitCode.noInput, `the engine's login ${path} is empty`, FORM);
  const colon = line.indexOf(':');
  // It goes into a header as it is, and what says that it cannot would say it with the token.
  if (colon < 0 && /[^\x21-\x7e]/.test(line)) {
    const message = `the engine's login ${path} holds a character that no token has, and no colon`;
    throw new Failure(ExitCode.noInput, message, FORM);
  }
  return colon < 0 ? { token: line } : { user: line.slice(0, colon), password: line.slice(colon + 1) };
}
