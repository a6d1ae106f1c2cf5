import { describe, expect, it } from 'vitest';
import { parseEngineAddress } from '../../../src/core/engine/address.ts';

describe('the address of an engine', () => {
  it.each([
    ['http://pi:8086/write?db=hometui', 'line-protocol', 'http://pi:8086', 'hometui'],
    ['https://vm.example/insert/write?db=a%20b', 'line-protocol', 'https://vm.example/insert', 'a b'],
    ['http://pi:8086/api/v2/write?org=home&bucket=cellar', 'line-protocol', 'http://pi:8086', 'cellar'],
    ['http://pi:9090/api/v1', 'prometheus', 'http://pi:9090', ''],
    ['http://pi:9090/prom/api/v1/query_range', 'prometheus', 'http://pi:9090/prom', ''],
    ['http://[::1]:9090/api/v1/', 'prometheus', 'http://[::1]:9090', ''],
  ])('%s', (text, kind, base, database) => {
    const address = parseEngineAddress(text);
    expect(address).toMatchObject({ ok: true, value: { kind, base, database } });
  });

  it.each([
    ['pi:8086', 'begins with pi:'],
    ['nonsense', 'is no URL'],
    ['ftp://pi/write?db=x', 'begins with ftp:'],
    ['http://pi:8086', 'does not say which API is meant'],
    ['http://pi:8086/write', 'does not name the database with db='],
    ['http://pi:8086/api/v2/write?org=home', 'does not name the bucket with bucket='],
    ['http://me:secret@pi:8086/write?db=x', 'holds a user or a password'],
    ['http://me@pi:8086/write?db=x', 'holds a user or a password'],
    ['http://:secret@pi:8086/write?db=x', 'holds a user or a password'],
    ['http://pi:8086/write/more?db=x', 'does not say which API is meant'],
  ])('%s is refused, with what it takes', (text, why) => {
    const address = parseEngineAddress(text);
    if (address.ok) throw new Error('it was taken');
    expect(address.error.message).toContain(why);
    expect(address.error.message).not.toContain('secret');
    expect(address.error.cure).toMatch(/^(It takes http|Write USER:PASSWORD or a token into the first line of a file)/);
  });

  it('the cure names an address of each kind', () => {
    const refused = parseEngineAddress('nonsense');
    const cure = refused.ok ? '' : refused.error.cure;
    expect(cure.match(/http:\/\//g)).toHaveLength(3);
    expect(cure).toMatch(/^It takes http:.*\), http:.*\) or http:\/\/pi:9090\/api\/v1 \(.*\)\.$/);
  });
});
