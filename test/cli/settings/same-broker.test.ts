import { describe, expect, it } from 'vitest';
import { isSameBroker, type NamedBroker } from '../../../src/cli/settings/same-broker.ts';

const plain = (where: Omit<NamedBroker, 'hasTlsFile'>): NamedBroker => ({ ...where, hasTlsFile: false });
const tls = (where: Omit<NamedBroker, 'hasTlsFile'>): NamedBroker => ({ ...where, hasTlsFile: true });

describe('isSameBroker', () => {
  it.each([
    [plain({ host: 'PI' }), plain({ url: 'mqtt://pi' })],
    [plain({ host: 'pi.' }), plain({ url: 'mqtt://pi:1883' })],
    [plain({ url: 'MQTT://me:pw@Pi.Local.:1883' }), plain({ host: 'pi.local' })],
    [plain({ host: '::1' }), plain({ url: 'mqtt://[0:0:0:0:0:0:0:1]:1883' })],
    [plain({ host: '[FE80::1]' }), plain({ host: 'fe80::1', port: 1883 })],
    [tls({ host: 'pi' }), plain({ url: 'mqtts://pi:8883' })],
    [tls({ host: 'pi' }), tls({ url: 'mqtt://pi' })],
    [plain({}), plain({ url: 'mqtt://localhost' })],
    [plain({ url: 'ws://pi/mqtt' }), plain({ url: 'ws://PI:80/other' })],
  ])('says yes to %j and %j', (one, other) => {
    expect([isSameBroker(one, other), isSameBroker(other, one)]).toEqual([true, true]);
  });

  it.each([
    [plain({ host: 'pi' }), plain({ url: 'mqtts://pi' })],
    [plain({ host: 'pi' }), plain({ url: 'mqtt://pi:1884' })],
    [plain({ host: 'pi' }), plain({ url: 'mqtt://pi.local' })],
    [tls({ host: 'pi' }), plain({ url: 'mqtt://pi:1883' })],
    [plain({ url: 'ws://pi' }), plain({ url: 'mqtt://pi:80' })],
    [plain({ url: 'pi' }), plain({ url: 'pi' })],
  ])('says no to %j and %j', (one, other) => {
    expect([isSameBroker(one, other), isSameBroker(other, one)]).toEqual([false, false]);
  });
});
