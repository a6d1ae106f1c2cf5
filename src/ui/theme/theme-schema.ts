import * as v from 'valibot';
import { colorNames, type StyleName } from './theme.ts';

/**
 * A theme file. This schema checks it and is published as JSON Schema (themes/theme.schema.json). The messages follow the
 * name of a field.
 */

const NO_COLOR = 'is no colour';
const NO_FLAG = 'is neither true nor false';
const NO_OBJECT = 'is not an object';

export const colorSchema = v.pipe(
  v.union(
    [
      v.picklist(colorNames),
      v.pipe(v.number(), v.integer(NO_COLOR), v.minValue(0, NO_COLOR), v.maxValue(255, NO_COLOR)),
      v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, NO_COLOR)),
    ],
    NO_COLOR,
  ),
  v.description(
    "One of the sixteen names, a number of xterm's 256 colours (11 bytes on the wire), or #rrggbb (up to 19 bytes).",
  ),
);

const flag = v.exactOptional(v.boolean(NO_FLAG));

export const styleSchema = v.strictObject(
  {
    fg: v.exactOptional(
      v.pipe(
        v.lazy(() => colorSchema),
        v.description("The colour of the text; the terminal's own where it is absent."),
      ),
    ),
    bg: v.exactOptional(
      v.pipe(
        v.lazy(() => colorSchema),
        v.description("The colour behind the text; the terminal's own where it is absent."),
      ),
    ),
    ...{ bold: flag, dim: flag, underline: flag, inverse: flag },
  },
  NO_OBJECT,
);

/** `lazy` lets the published schema refer to one definition in place of writing it out 31 times. */
const style = (description: string) =>
  v.exactOptional(
    v.pipe(
      v.lazy(() => styleSchema),
      v.description(description),
    ),
  );

const styles = v.strictObject(
  {
    text: style('Everything that has no meaning of its own.'),
    strong: style('Text to be read first.'),
    muted: style('Text that may be read last.'),
    accent: style('Names and headings of lesser rank.'),
    title: style('Titles of panels, sections and screens.'),
    frame: style('Lines around panels, and the dots of a sparkline where nothing was heard.'),
    label: style('Names of sensors and switches.'),
    value: style('A value that is live.'),
    notLive: style('A value that is not live.'),
    clock: style('The clock; it changes every second, so a plain look saves bytes.'),
    ok: style('All is well.'),
    warning: style('Beyond a warning limit, or wants attention.'),
    critical: style('Beyond a critical limit, or dangerous.'),
    live: style('Freshness: live.'),
    waiting: style('Freshness: waiting, never heard.'),
    retained: style('Freshness: only a retained message.'),
    late: style('Freshness: late.'),
    stale: style('Freshness: stale.'),
    offline: style('Freshness: offline.'),
    on: style('A switch that is on.'),
    off: style('A switch that is off.'),
    focus: style('The mark at what the arrow keys have chosen.'),
    key: style('A key to press.'),
    locked: style('A switch that this user may not use.'),
    chart: style('Sparklines and charts.'),
    axis: style('Axes and their labels.'),
    limit: style('Limits in a chart.'),
    notice: style('A short answer to a key.'),
    input: style('A field to type into.'),
    bannerCritical: style('The banner of a danger, on every screen.'),
    bannerWarning: style('The banner of a warning, on every screen.'),
  } satisfies Record<StyleName, ReturnType<typeof style>>,
  NO_OBJECT,
);

/** The schema of a theme file. */
export const themeSchema = v.pipe(
  v.strictObject(
    {
      $schema: v.exactOptional(v.string()),
      name: v.pipe(v.string('is not a name'), v.regex(/^[a-z0-9-]{1,30}$/, 'is not a name')),
      description: v.pipe(v.string('is not a text'), v.description('One line for the list of themes.')),
      styles: v.pipe(styles, v.description('A style that is left out looks like text.')),
    },
    NO_OBJECT,
  ),
  v.title('hometui theme'),
  v.description('Colours and attributes by meaning. No meaning is told by colour alone: words and symbols say it too.'),
);
