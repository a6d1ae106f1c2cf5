import { existsSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../require-program.ts';
import { MosquittoStartError, startMosquitto } from './mosquitto.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('startMosquitto', () => {
  it('starts a broker with users and an ACL, reloads them, restarts on the same port and leaves nothing', async () => {
    const broker = await startMosquitto({ acl: 'user a\ntopic write x\n', passwords: { a: 'secret' } });
    const options = { username: 'a', password: 'secret', protocolVersion: 5, reconnectPeriod: 0 } as const;
    expect(broker.version).toMatch(/^2\./);

    const client = await connectAsync(broker.url, options);
    await expect(client.publishAsync('y', '1', { qos: 1 })).rejects.toMatchObject({ code: 135 });
    await broker.waitForLog(/Denied PUBLISH .*'y'/);
    await broker.reload('user a\ntopic write y\n');
    await client.publishAsync('y', '1', { qos: 1 });
    await client.endAsync();

    await broker.restart();
    await (await connectAsync(broker.url, options)).endAsync();
    await broker.reload({ passwords: { a: 'other' } });
    await expect(connectAsync(broker.url, options)).rejects.toMatchObject({ code: 135 });
    await broker.close();
    expect(existsSync(broker.folder)).toBe(false);
  });

  it('says why a broker would not start', async () => {
    const error: unknown = await startMosquitto({ acl: 'Topic read x\n' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MosquittoStartError);
    expect((error as MosquittoStartError).log).toContain('Invalid line in acl_file');
  });
});
