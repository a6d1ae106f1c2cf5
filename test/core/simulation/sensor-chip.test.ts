import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/simulation/random.ts';
import { DHT22_HUMIDITY, DHT22_TEMPERATURE, DS18B20, readChip } from '../../../src/core/simulation/sensor-chip.ts';

describe('readChip', () => {
  it('rounds to the steps of the chip', () => {
    const random = createRandom(1);
    for (let count = 0; count < 200; count += 1) {
      expect(readChip(DHT22_TEMPERATURE, 13.37, random)).toMatch(/^1\d\.\d$/);
      const steps = Number(readChip(DS18B20, 54.3, random)) / 0.0625;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(0.1);
    }
  });

  it('is noisy, but close to the truth', () => {
    const random = createRandom(1);
    const readings = Array.from({ length: 200 }, () => Number(readChip(DHT22_HUMIDITY, 71, random)));
    expect(new Set(readings).size).toBeGreaterThan(3);
    for (const reading of readings) expect(Math.abs(reading - 71)).toBeLessThan(0.6);
  });
});
