import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { CONF_CASES, makeConfFolder, writeConf } from '../../../helpers/brokers/conf-cases.ts';
import { freePort } from '../../../helpers/brokers/mosquitto.ts';
import { mosquittoLine, tryStart } from '../../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const folder = makeConfFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(mosquitto !== null)('a real mosquitto', () => {
  it.each(CONF_CASES)('does with the conf %j what acl check says', async (conf, refusedBy) => {
    const { starts, log } = await tryStart(await writeConf(folder, conf, freePort));
    expect(starts, log).toBe(!refusedBy.includes(mosquittoLine()));
  });
});
