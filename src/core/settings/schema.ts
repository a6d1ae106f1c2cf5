import * as v from 'valibot';
import { type NoticeSettings, noticesSchema } from './notices.ts';

/**
 * The settings file of a user. This schema checks it, types it (`Preferences`) and is published as JSON Schema
 * (settings.schema.json). The messages say what a field must be. Names and units are those of the options.
 */

const TEXT = 'a text';
const FLAG = 'true or false';
const KEEPALIVE = 'a whole number from 5 to 65535';

const text = v.pipe(v.string(TEXT), v.nonEmpty(TEXT));
const file = (description: string) => v.exactOptional(v.pipe(text, v.description(description)));

/** By no limit nothing at all would be kept: that is `history: false`, or no entry. */
const whole = (least: number, most: number, description: string) => {
  const message = `a whole number from ${least} to ${most}${least > 0 ? '; without it there is no limit' : ''}`;
  return v.exactOptional(
    v.pipe(
      v.number(message),
      v.integer(message),
      v.minValue(least, message),
      v.maxValue(most, message),
      v.description(description),
    ),
  );
};

const profileFields = {
  url: v.exactOptional(v.pipe(text, v.description('mqtt://, mqtts://, ws:// or wss:// URL of the broker.'))),
  user: v.exactOptional(v.pipe(text, v.description('The user to log in as.'))),
  password: v.exactOptional(
    v.pipe(v.string(TEXT), v.description('Its password. The file is then to be of mode 0600.')),
  ),
  passwordFile: file('A file whose first line is the password.'),
  cafile: file('PEM file of the authorities to trust; turns TLS on.'),
  cert: file('PEM file of our own certificate.'),
  key: file('PEM file of its private key.'),
  insecure: v.exactOptional(
    v.pipe(
      v.boolean(FLAG),
      v.description("TLS without checking the name in the broker's certificate; false if absent."),
    ),
  ),
  protocolVersion: v.exactOptional(
    v.pipe(
      v.picklist(['5', '311', 'auto'], '"5", "311" or "auto"'),
      v.description('The MQTT version; auto if absent.'),
    ),
  ),
  keepalive: v.exactOptional(
    v.pipe(
      v.number(KEEPALIVE),
      v.integer(KEEPALIVE),
      v.minValue(5, KEEPALIVE),
      v.maxValue(65_535, KEEPALIVE),
      v.description('Seconds between signs of life to the broker; 15 if absent.'),
    ),
  ),
  house: file('House file, or a preset: article, article-de.'),
  acl: file("The broker's ACL file."),
  brokerLog: v.exactOptional(v.pipe(text, v.description("The broker's log: a file, or journal."))),
  engine: v.exactOptional(
    v.pipe(text, v.description('The address of a database on another machine that the daemon sends the history to.')),
  ),
  engineLogin: file('A file with who we are there: user:password, or a token.'),
  history: v.exactOptional(
    v.pipe(v.boolean(FLAG), v.description('Whether the console records what it hears; true if absent.')),
  ),
  historyKeepDays: whole(1, 36_500, 'How many days every value is kept; for ever if absent.'),
  historyKeepYears: whole(1, 100, 'How many years roll-ups and events are kept; for ever if absent.'),
  historyBudgetMb: whole(1, 1_000_000, 'What the history may take on the disk, in units of 1,048,576 bytes.'),
  historyFloorMb: whole(
    0,
    1_000_000,
    'With less free room on the disk no values are recorded, same unit; 100 if absent.',
  ),
};

const profile = v.strictObject(profileFields, 'an object');

const lastFields = {
  url: v.exactOptional(text),
  user: v.exactOptional(text),
};

/** The schema of the settings file. */
export const preferencesSchema = v.pipe(
  v.strictObject(
    {
      $schema: v.exactOptional(v.string(TEXT)),
      ...profileFields,
      theme: v.exactOptional(v.pipe(text, v.description('The name of a theme, or a theme file.'))),
      mouse: v.exactOptional(
        v.pipe(v.boolean(FLAG), v.description('Whether the console uses the mouse; false if absent.')),
      ),
      bell: v.exactOptional(
        v.pipe(
          v.boolean(FLAG),
          v.description("Whether an alarm rings the terminal's bell in the console; false if absent."),
        ),
      ),
      favourites: v.exactOptional(
        v.pipe(
          v.record(v.string(), v.array(v.string(TEXT), 'a list of ids'), 'an object with one list for each house'),
          v.description('Ids of the items that are marked in the console, by the name of their house.'),
        ),
      ),
      notices: v.exactOptional(noticesSchema),
      last: v.exactOptional(
        v.pipe(
          v.strictObject(lastFields, 'an object with url and user'),
          v.description('Where the console was last connected to, and as whom.'),
        ),
      ),
      profiles: v.exactOptional(
        v.pipe(
          v.record(v.string(), profile, 'an object with one profile for each name'),
          v.description('Brokers by name, for --profile.'),
        ),
      ),
    },
    'an object in braces',
  ),
  v.title('hometui settings'),
);

/** A broker and who we are there, as it is saved; the password only where the user said so. */
export type BrokerProfile = Readonly<v.InferOutput<typeof profile>>;

/** What a user has settled: the broker that is meant where none is named, the theme, and brokers by name. */
export type Preferences = BrokerProfile & {
  readonly theme?: string;
  /** Whether the console uses the mouse. */
  readonly mouse?: boolean;
  /** Whether an alarm rings the terminal's bell in the console. */
  readonly bell?: boolean;
  /** Ids of the items that are marked in the console, by the name of their house. */
  readonly favourites?: Readonly<Record<string, readonly string[]>>;
  /** By what alarms are told while nobody looks, by name. */
  readonly notices?: NoticeSettings;
  /** Where the console was last connected to, and as whom. */
  readonly last?: { readonly url?: string; readonly user?: string };
  readonly profiles?: Readonly<Record<string, BrokerProfile>>;
};
