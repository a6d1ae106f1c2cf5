import { describe, expect, it } from 'vitest';
import { parseNagios } from './parse-nagios.ts';

const line = (data: string): string => `HOMETUI OK - well | ${data}\n`;

describe('parseNagios', () => {
  it("reads the examples of the guidelines' grammar", () => {
    const { data } = parseNagios(line("time=0.5s;;;0.000 'disk /'=71%;80;~:90 'it''s'=U x=3c;@10:20;10:;0;30"));
    expect(data.map(({ label, value, unit }) => `${label}=${value}${unit}`)).toEqual([
      'time=0.5s',
      'disk /=71%',
      "it's=U",
      'x=3c',
    ]);
    expect(data[3]).toMatchObject({ warning: '@10:20', critical: '10:', min: '0', max: '30' });
  });

  it.each([
    ['a unit that is not legal', line("'flow'=54.3°C")],
    ['another unit', line("'flow'=54.3C")],
    ['an exponent', line("'flow'=1e3")],
    ['a space in a label without quotes', line('my flow=1')],
    ['a label that is not closed', line("'flow=1")],
    ['a range that begins behind its end', line("'flow'=1;20:10")],
    ['a colon without a start', line("'flow'=1;:10")],
    ['five fields behind the value', line("'flow'=1;;;;;")],
    ['one label twice', line("'flow'=1 'flow'=2")],
    ['two bars', 'HOMETUI OK - a | b | c\n'],
    ['a bar in the long output', 'HOMETUI OK - a\nb | c\n'],
    ['another status', 'HOMETUI FINE - a\n'],
    ['no text', 'HOMETUI OK - \n'],
    ['a tabulator', 'HOMETUI OK - a\tb\n'],
  ])('takes %s for a fault', (_, text) => {
    expect(() => parseNagios(text)).toThrow();
  });
});
