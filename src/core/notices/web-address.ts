import { fail, ok, type Result } from '../result.ts';

/** The address of a web service that notices are sent to; the error says what is wrong with it, a clause. */
export function parseWebAddress(text: string, allowsHttp: boolean): Result<URL, string> {
  if (!URL.canParse(text)) return fail('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return fail(`begins with ${url.protocol}//`);
  if (url.username !== '' || url.password !== '') return fail('holds a user or a password, and is shown in messages');
  const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isHere && !allowsHttp) {
    return fail('has no TLS, and what goes there can be read on the way');
  }
  return ok(url);
}
