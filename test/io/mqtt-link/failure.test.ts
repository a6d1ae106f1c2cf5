import { describe, expect, it } from 'vitest';
import { describeEnd } from '../../../src/io/mqtt-link/failure.ts';
import { linkAs } from '../../helpers/brokers/demo-broker.ts';

const attempted = { options: linkAs('mqtt://pi:1883', 'monitor'), credentials: { user: 'monitor', password: null } };
const errorOf = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

/** As Node.js tells it: with the code of the first address. */
function errorsOf(first: string, ...others: readonly string[]): Error {
  return Object.assign(new AggregateError([first, ...others].map(errorOf)), { code: first });
}

describe('a name with several addresses', () => {
  it.each([
    [errorsOf('ETIMEDOUT', 'ECONNREFUSED'), 'unreachable', 'connection refused'],
    [errorsOf('ENETUNREACH', 'ECONNREFUSED'), 'unreachable', 'connection refused'],
    [errorsOf('ECONNREFUSED', 'EHOSTUNREACH'), 'unreachable', 'connection refused'],
    [errorsOf('ETIMEDOUT', 'EHOSTUNREACH'), 'timeout', 'no answer'],
    [errorOf('EHOSTUNREACH'), 'unreachable', 'there is no way to this host'],
  ])('that fails with %j is %s: %s', (error, kind, why) => {
    const failure = describeEnd({ kind: 'no-way', stage: 'tcp', error }, attempted);
    expect(failure).toMatchObject({ kind, message: `broker not reachable at pi:1883: ${why}` });
  });
});
