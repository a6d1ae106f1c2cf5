import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../../src/core/node-red/flow/graph.ts';
import { readBroker } from '../../../../src/core/node-red/import/brokers.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How a field stands for a variable of the environment. */
const VARIABLE = `\${${'HOST'}}`;

const read = (fields: Fields, tls: Fields = {}) =>
  readBroker(
    'b',
    createGraph([
      { id: 'b', type: 'mqtt-broker', fields },
      { id: 't', type: 'tls-config', fields: tls },
    ]),
  );

describe('its address', () => {
  it.each<[Fields, string | null]>([
    [{ broker: 'pi.local', port: '1884' }, 'mqtt://pi.local:1884'],
    [{ broker: ' pi.local ' }, 'mqtt://pi.local:1883'],
    [{ broker: 'pi.local', usetls: true }, 'mqtts://pi.local:8883'],
    [{ broker: 'pi.local', usetls: true, port: 1 }, 'mqtts://pi.local:1'],
    [{ broker: '::1' }, 'mqtt://[::1]:1883'],
    [{ broker: '[::1]' }, 'mqtt://[::1]:1883'],
    [{ broker: 'mqtt://pi:5' }, 'mqtt://pi:5'],
    [{ broker: 'mqtts://pi:5' }, 'mqtts://pi:5'],
    [{ broker: 'tcp://pi:5' }, 'mqtt://pi:5'],
    [{ broker: 'ssl://pi:5' }, 'mqtts://pi:5'],
    [{ broker: 'TLS://pi:5' }, 'mqtts://pi:5'],
    [{ broker: 'ws://pi/tcp:' }, 'ws://pi/tcp:'],
    [{ broker: 'wss://pi/tls:' }, 'wss://pi/tls:'],
    [{ broker: 'mqtt://user:secret@pi:5' }, 'mqtt://pi:5'],
    [{ broker: 'mqtt://pi:99999' }, null],
    [{ broker: 'pi local' }, null],
    [{ broker: '' }, null],
    [{ broker: VARIABLE }, null],
  ])('by %o is %s', (fields, url) => {
    expect(read(fields).url).toBe(url);
  });
});

it.each<[unknown, string | null]>([
  ['5', '5'],
  ['4', '311'],
  ['3', '311'],
  ['', null],
  [undefined, null],
])('version %s of the protocol is %s', (protocolVersion, expected) => {
  expect(read({ broker: 'pi', protocolVersion }).protocolVersion).toBe(expected);
});

describe('what hometui cannot take of it', () => {
  it.each<[Fields, Fields, readonly string[]]>([
    [{ broker: 'pi' }, {}, []],
    [
      { broker: ` ${VARIABLE} ` },
      {},
      ['its address is the variable HOST of the environment, which is not in the export'],
    ],
    [{ broker: 'pi', usetls: true, tls: 't' }, { verifyservercert: true }, []],
    [{ broker: 'pi', usetls: true, tls: 't' }, {}, []],
    [
      { broker: 'pi', usetls: true, tls: 't' },
      { verifyservercert: false },
      ['Node-RED does not check its certificate; hometui does: name its authority with --cafile'],
    ],
    [
      { broker: 'mqtts://pi', tls: 't' },
      { ca: '/etc/ca', cert: '', key: '/etc/key' },
      ['its ca is /etc/ca on the machine of Node-RED', 'its key is /etc/key on the machine of Node-RED'],
    ],
    [{ broker: 'pi', tls: 't' }, { verifyservercert: false, cert: '/etc/cert' }, []],
    [{ broker: 'mqtt://wss:1', tls: 't' }, { verifyservercert: false }, []],
  ])('of %o with %o', (fields, tls, notes) => {
    expect(read(fields, tls).notes).toEqual(notes);
  });
});

it.each(['x', 't'])('without its node nothing is known of it', id => {
  const graph = createGraph([{ id: 't', type: 'tls-config', fields: { broker: 'pi' } }]);
  expect(readBroker(id, graph)).toStrictEqual({
    ...{ url: null, protocolVersion: null, notes: ['the broker is not in the export'] },
  });
});
