import * as v from 'valibot';

/** How the heating of a house is built, as far as what goes wrong with it depends on that. */

const degrees = v.pipe(v.number(), v.minValue(-50), v.maxValue(150));
const kelvins = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const percents = v.pipe(v.number(), v.minValue(1), v.maxValue(100));
const hours = v.pipe(v.number(), v.minValue(0.1), v.maxValue(720));
const minutes = v.pipe(v.number(), v.minValue(0.1), v.maxValue(720));

const told = <Schema extends v.GenericSchema<number>>(schema: Schema, text: string) =>
  v.exactOptional(v.pipe(schema, v.description(text)));

const limits = v.strictObject({
  flowHigh: told(degrees, 'A flow above it is a warning, °C; 85 if absent, 45 under a floor.'),
  flowTooHigh: told(degrees, 'A flow above it is an alarm, °C; 95 if absent, 55 under a floor.'),
  frost: told(degrees, 'Water or a room below it is a warning, °C; 6 if absent.'),
  hardFrost: told(degrees, 'Water or a room below it is an alarm, °C; 3 if absent.'),
  condensing: told(
    degrees,
    'A return above it keeps the flue gas from condensing, °C; 55 of gas and 47 of oil if absent.',
  ),
  spreadLow: told(kelvins, 'Flow and return should be apart by so much while the burner runs, K; 3 if absent.'),
  spreadHigh: told(kelvins, 'And by no more than so much, K; 25 if absent.'),
  shortRunMinutes: told(minutes, 'A burner should run for so long, minutes; 5 if absent.'),
  shortCycleMinutes: told(minutes, 'From one start of it to the next, minutes; 10 if absent.'),
  shortRunsPerHour: told(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
    'So many runs in an hour that are shorter are too many; 3 if absent.',
  ),
  pumpIdleHours: told(hours, 'A pump that runs for so long without heat is told, hours; 48 if absent.'),
  mouldHumidity: told(percents, 'Mould grows from this relative humidity at a wall on, %; 80 if absent.'),
  mouldHours: told(hours, 'After so many hours of it; 6 if absent.'),
  dampHumidity: told(percents, 'Where nothing is known of the walls: air is damp from this on, %; 70 if absent.'),
  dampHours: told(hours, 'After so many hours of it; 24 if absent.'),
  airingFrom: told(kelvins, 'Airing is worth it where the dew point is lower outside by so much, K; 3 if absent.'),
  airingUntil: told(kelvins, 'And until it is lower by no more than so much, K; 1 if absent.'),
});

export const heating = v.pipe(
  v.strictObject({
    fuel: v.exactOptional(
      v.pipe(
        v.picklist(['gas', 'oil']),
        v.description('What a condensing boiler burns; absent of one that is not made to condense.'),
      ),
    ),
    underfloor: v.exactOptional(
      v.pipe(v.boolean(), v.description('Whether the flow heats a floor, and may not be as hot; false if absent.')),
    ),
    limits: v.exactOptional(limits),
  }),
  v.description('How the heating is built, for the alarms of the items that have a role.'),
);
