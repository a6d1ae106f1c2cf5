import { describe, expect, it } from 'vitest';
import { compareRound, describeDisagreement, type ParityResult } from '../../helpers/brokers/acl-parity.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
/** Each round is a random file, a broker start and about 280 decisions; `npm run test:acl -- --rounds N` asks for more. */
const ROUNDS = Number(process.env.HOMETUI_ACL_ROUNDS ?? 3);
const FIRST_SEED = Number(process.env.HOMETUI_ACL_SEED ?? 1);
const ROUND_TIMEOUT_MS = 20_000;

describe.runIf(mosquitto !== null)('checkAccess against a real mosquitto', () => {
  it(`agrees on random files, ${ROUNDS} rounds from seed ${FIRST_SEED}`, {
    timeout: ROUNDS * ROUND_TIMEOUT_MS,
  }, async () => {
    const results: ParityResult[] = [];
    for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) results.push(await compareRound(seed));
    const wrong = results.flatMap(result => result.disagreements);
    const sum = (of: (result: ParityResult) => number): number =>
      results.reduce((total, result) => total + of(result), 0);
    process.stdout.write(
      `ACL parity: ${sum(r => r.decisions)} decisions over ${ROUNDS} files (${sum(r => r.allowed)} allowed, ` +
        `${sum(r => r.refusedFiles)} files refused), ${wrong.length} disagreements\n`,
    );
    expect(wrong.slice(0, 10).map(describeDisagreement)).toEqual([]);
    expect(sum(r => r.decisions)).toBeGreaterThan(ROUNDS > 2 ? ROUNDS * 50 : 0);
  });
});
