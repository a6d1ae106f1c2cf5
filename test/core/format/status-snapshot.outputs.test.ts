import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nagiosText } from '../../../src/core/format/status/nagios.ts';
import { prometheusText } from '../../../src/core/format/status/prometheus.ts';
import { statusCsv } from '../../../src/core/format/status/status-csv.ts';
import { statusText } from '../../../src/core/format/status/status-text.ts';
import { statusJson, takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import type { Style } from '../../../src/core/format/style.ts';
import { fiveHouses } from '../../helpers/house/five-houses.ts';
import { richHouse } from '../../helpers/house/rich-house.ts';

/** A style that shows itself. */
const marked: Style = (text, role) => `<${role}>${text}</>`;

/**
 * What is written of a house, in each format and to the last blank: as with the frames, a file is changed only where a
 * change means to change what is written (`vitest -u`), and is read again then.
 */
test.each(Object.entries({ ...fiveHouses(), rich: richHouse() }))('of the house %s', async (name, run) => {
  const { state } = run;
  const snapshot = takeSnapshot(state);
  const all = {
    text: statusText(snapshot, state.house, marked),
    nagios: nagiosText(snapshot, state.house),
    prometheus: prometheusText(snapshot, 'home'),
    csv: statusCsv(snapshot),
    json: statusJson(snapshot),
  };
  const whole = Object.entries(all).map(([format, text]) => `--- ${format}\n${text}`);
  const file = fileURLToPath(new URL(`../../fixtures/formats/${name}.txt`, import.meta.url));
  await expect(whole.join('')).toMatchFileSnapshot(file);
});
