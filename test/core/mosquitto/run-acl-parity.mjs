// `npm run test:acl -- --rounds N [--seed S]`: the large round of acl-check.parity.test.ts, about 260 decisions a round.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const isNumber = Object.values(values).every(value => /^[1-9][0-9]*$/.test(value));
if (!isNumber) {
  process.stderr.write('--rounds and --seed take a whole number from 1 on\n');
  process.exit(64);
}
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'test/vitest.config.ts', 'test/core/mosquitto/acl-check.parity.test.ts'],
  {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, HOMETUI_ACL_ROUNDS: values.rounds, HOMETUI_ACL_SEED: values.seed },
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
