import { afterEach, describe, expect, it } from 'vitest';
import { runGuest } from '../../src/app/guest-runner.ts';
import type { Attempt } from '../../src/core/simulation/visitors/guest.ts';
import type { BrokerDenial } from '../../src/io/broker/broker.ts';
import { systemClock } from '../../src/io/clock.ts';
import { articleHouse, linkAs, openDemoBroker } from '../helpers/brokers/demo-broker.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

describe('runGuest', () => {
  it('is denied each time, by topic or at the door', async () => {
    const denials: BrokerDenial[] = [];
    const attempts: Attempt[] = [];
    const broker = await openDemoBroker({ onDenied: denial => denials.push(denial) });
    opened.push(() => broker.close());
    const guest = runGuest({
      link: linkAs(broker.url, 'guest', { id: 'guest-phone' }),
      house: articleHouse,
      seed: 4,
      clock: systemClock(),
      speed: 400,
      report: attempt => attempts.push(attempt),
    });
    opened.push(() => guest.close());
    await expect.poll(() => new Set(denials.map(denial => denial.access)).size, { timeout: 15_000 }).toBe(2);
    await expect.poll(() => denials.length).toBe(attempts.length);
    expect(new Set(denials.map(denial => denial.user))).toEqual(new Set(['guest']));
    expect(new Set(denials.map(denial => denial.clientId))).toEqual(new Set(['guest-phone', 'guest-phone-login']));
  });
});
