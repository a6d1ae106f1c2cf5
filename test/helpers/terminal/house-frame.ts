/** What changes on the probe screen from second to second. */
export interface HouseMoment {
  readonly clock: string;
  /** Flow temperature as shown, four characters. */
  readonly flow: string;
  /** The sparkline of the flow, 20 characters. */
  readonly flowSamples: string;
}

const paint = (code: string, text: string) => `\u001b[${code}m${text}\u001b[39m\u001b[22m`;
const dim = (text: string) => paint('90', text);

function panelLine(label: string, value: string, unit: string, samples: string): string {
  return `${dim('│')} ${label.padEnd(9)}${paint('32;1', value)} ${unit.padEnd(3)}${paint('36', samples)} ${dim('│')}`;
}

/** A screen as the console's: header with clock, panels with values and sparklines, table, log and footer. */
export function houseFrame(moment: HouseMoment, columns = 80, rows = 24): string {
  const half = 40;
  const edge = (left: string, right: string) => dim(`${left}${'─'.repeat(half - 2)}${right}`);
  const still = '▃▃▄▄▅▅▄▄▃▃▂▂▃▃▄▄▅▅▆▆';
  const lines = [
    `${paint('1', ' hometui')} · mqtt://raspberrypi:1883 · monitor`.padEnd(columns - 2) + moment.clock.padStart(8),
    edge('╭', '╮') + edge('╭', '╮'),
    panelLine('Flow', moment.flow, '°C', moment.flowSamples) + panelLine('Cellar', '14.2', '°C', still),
    panelLine('Return', '41.7', '°C', still) + panelLine('Humidity', '63.0', '%', still),
    edge('╰', '╯') + edge('╰', '╯'),
    ` ${paint('32', '●')} Pump on    ${dim('○')} Burner off    ${dim('○')} Fan off`,
    '',
    dim(` ${'CLIENT'.padEnd(20)}${'STATE'.padEnd(10)}LAST SEEN`),
    ` ${'heating'.padEnd(20)}${paint('32', 'live'.padEnd(10))}12:00`,
    ` ${'dhtclient'.padEnd(20)}${paint('32', 'live'.padEnd(10))}12:00`,
  ];
  while (lines.length < rows - 1)
    lines.push(`${dim(` 11:5${lines.length % 10}`)}  heating/flow published for the ${lines.length}th time`);
  return [...lines, `${paint('7', ' q ')} quit  ${paint('7', ' ? ')} help`].join('\n');
}
