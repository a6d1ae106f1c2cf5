import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Rounds of PBKDF2 that `mosquitto_passwd` uses unless told otherwise (mosquitto_passwd(1), option -I). */
const DEFAULT_ITERATIONS = 101;
const SALT_BYTES = 12;
const KEY_BYTES = 64;
/** More rounds than this block the event loop for seconds; no tool writes such a hash. */
const MAX_ITERATIONS = 10_000_000;

export interface HashOptions {
  /** Rounds of PBKDF2, 1 or more; 101 is what mosquitto_passwd writes. */
  readonly iterations?: number;
  /** 12 random bytes unless given; given only to check against a known file. */
  readonly salt?: Uint8Array;
}

/**
 * A password as mosquitto 2 keeps it: `$7$101$salt$hash`, PBKDF2-HMAC-SHA512 over its UTF-8 bytes, both parts base64.
 * Throws `RangeError` where `iterations` is no whole number of 1 or more.
 */
export function hashPassword(password: string, options: HashOptions = {}): string {
  const iterations = options.iterations ?? DEFAULT_ITERATIONS;
  if (!Number.isInteger(iterations) || iterations < 1)
    throw new RangeError(`iterations must be 1 or more: ${iterations}`);
  const salt = options.salt ?? randomBytes(SALT_BYTES);
  const key = pbkdf2Sync(password, salt, iterations, KEY_BYTES, 'sha512');
  return `$7$${iterations}$${Buffer.from(salt).toString('base64')}$${key.toString('base64')}`;
}

/** Rounds for a hash that is newly made: those of mosquitto 2.1's own; 2.0 takes any number with a salt of 12 bytes. */
const NEW_ITERATIONS = 1_000;

/** A password as it is written into a file from now on. */
export function newHash(password: string): string {
  return hashPassword(password, { iterations: NEW_ITERATIONS });
}

/**
 * Whether a password fits a hash of a mosquitto password file: `$7$iterations$salt$hash` (PBKDF2) or, of mosquitto 1.x,
 * `$6$salt$hash` (SHA-512 of password, then salt). Anything else fits nothing. Takes the same time wherever they differ.
 */
export function verifyPassword(password: string, hash: string): boolean {
  const [empty, kind, ...parts] = hash.split('$');
  if (empty !== '') return false;
  if (kind === '7') return verifyPbkdf2(password, parts);
  if (kind === '6') return verifySha512(password, parts);
  return false;
}

function verifyPbkdf2(password: string, [rounds = '', salt, key, ...rest]: readonly string[]): boolean {
  const iterations = /^[0-9]+$/.test(rounds) ? Number(rounds) : 0;
  if (iterations < 1 || iterations > MAX_ITERATIONS || !salt || !key || rest.length > 0) return false;
  const expected = Buffer.from(key, 'base64');
  if (expected.length !== KEY_BYTES) return false;
  return timingSafeEqual(expected, pbkdf2Sync(password, Buffer.from(salt, 'base64'), iterations, KEY_BYTES, 'sha512'));
}

function verifySha512(password: string, [salt, key, ...rest]: readonly string[]): boolean {
  if (!salt || !key || rest.length > 0) return false;
  const expected = Buffer.from(key, 'base64');
  const digest = createHash('sha512').update(password).update(Buffer.from(salt, 'base64')).digest();
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}
