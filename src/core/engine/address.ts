import { fail, ok, type Result } from '../result.ts';

/**
 * A database on another machine that keeps the history of many houses. `line-protocol` is written to (InfluxDB 1 to 3,
 * VictoriaMetrics); `prometheus` fetches by itself, and can only be read.
 */
export interface EngineAddress {
  readonly kind: 'line-protocol' | 'prometheus';
  /** Where lines are sent; that it is the same as before says that nothing is to be sent twice. */
  readonly writeUrl: string;
  /** What every other address of it begins with, without a slash at the end. */
  readonly base: string;
  /** The database, which InfluxDB 2 and 3 call a bucket; '' for Prometheus, which has none. */
  readonly database: string;
}

/** Why an address cannot be taken, and what to do about it. */
export interface AddressFault {
  readonly message: string;
  readonly cure: string;
}

const EXAMPLES = [
  'http://pi:8086/write?db=hometui (InfluxDB 1, VictoriaMetrics)',
  'http://pi:8086/api/v2/write?org=home&bucket=hometui (InfluxDB 2 and 3)',
  'http://pi:9090/api/v1 (a Prometheus that fetches from hometui daemon --metrics; it is only read)',
];
const FORMS = `It takes ${EXAMPLES.slice(0, -1).join(', ')} or ${EXAMPLES.at(-1)}.`;

/** Reads the address that the setting `engine` names: that of the API which is written to or read. */
export function parseEngineAddress(text: string): Result<EngineAddress, AddressFault> {
  if (!URL.canParse(text)) return refuse('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`begins with ${url.protocol}//`);
  if (url.username !== '' || url.password !== '') {
    const cure = 'Write USER:PASSWORD or a token into the first line of a file, and name that with "engineLogin".';
    return fail({ message: 'the address of the engine holds a user or a password, and is shown in messages', cure });
  }
  const [, prefix = '', api = ''] =
    /^(.*?)(\/write|\/api\/v2\/write|\/api\/v1(?:\/query_range|\/query)?)\/?$/.exec(url.pathname) ?? [];
  const base = `${url.origin}${prefix}`.replace(/\/$/, '');
  if (api.startsWith('/api/v1')) return ok({ kind: 'prometheus', writeUrl: '', base, database: '' });
  if (api === '') return refuse('does not say which API is meant');
  const name = api === '/write' ? 'db' : 'bucket';
  const database = url.searchParams.get(name) ?? '';
  if (database === '') return refuse(`does not name the ${name === 'db' ? 'database' : 'bucket'} with ${name}=`);
  return ok({ kind: 'line-protocol', writeUrl: url.href, base, database });
}

function refuse(why: string): Result<EngineAddress, AddressFault> {
  return fail({ message: `the address of the engine ${why}`, cure: FORMS });
}
