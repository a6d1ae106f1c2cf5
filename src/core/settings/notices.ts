import * as v from 'valibot';

/**
 * The channels by which notices leave the house, as the settings have them: nothing leaves it without one. No secret stands
 * here: each is in the first line of a file, or in the environment of the daemon.
 */

const text = v.pipe(v.string('a text'), v.nonEmpty('a text'));
const PATH = 'an absolute path';
const path = v.pipe(v.string(PATH), v.regex(/^\//, PATH));
const PRIORITY = '"note", "warning" or "alarm"';
const priority = v.picklist(['note', 'warning', 'alarm'], PRIORITY);
const TIME = 'a time of day as "22:00"';
const timeOfDay = v.pipe(v.string(TIME), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, TIME));
const whole = (least: number, most: number, description: string) => {
  const message = `a whole number from ${least} to ${most}`;
  const number = v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
  return v.exactOptional(v.pipe(number, v.description(description)));
};
const flag = (description: string) => v.exactOptional(v.pipe(v.boolean('true or false'), v.description(description)));

/** What each channel may say. */
const shared = {
  least: v.exactOptional(v.pipe(priority, v.description('The least of what is told; warning if absent.'))),
  resolved: flag('Whether it is told too when an alarm is over; true if absent.'),
  repeatMinutes: whole(1, 10_080, 'An alarm is told again so often until somebody acknowledges it; once if absent.'),
  quiet: v.exactOptional(
    v.pipe(
      v.strictObject(
        {
          from: timeOfDay,
          to: timeOfDay,
          least: v.exactOptional(v.pipe(priority, v.description('What is told all the same; alarm if absent.'))),
        },
        'an object with from and to',
      ),
      v.description('Hours of the day in which what can wait does: it is told when they are over.'),
    ),
  ),
  timeout: whole(1, 60, 'How long it may take, in seconds; 10 if absent.'),
};

const inFile = (what: string) => v.exactOptional(v.pipe(path, v.description(`A file whose first line is ${what}.`)));
const inEnv = (what: string) =>
  v.exactOptional(v.pipe(text, v.description(`The environment variable that holds ${what}.`)));
const TOKEN = 'the access token';
const token = { tokenFile: inFile(TOKEN), tokenEnv: inEnv(TOKEN) };
const KEY = 'what each notice is signed with';
const TOPIC = 'its topic: who knows it reads along';

const web = {
  url: v.pipe(text, v.description('Where it is sent, with https unless it is this machine.')),
  allowHttp: flag('Whether it may go over the network in the clear; false if absent.'),
};

const channel = v.variant(
  'kind',
  [
    v.strictObject({
      kind: v.literal('command'),
      command: v.pipe(
        v.array(text, 'a list of a program and its arguments'),
        v.check(
          ([program]) => program?.startsWith('/') === true,
          'a list that begins with the absolute path of a program',
        ),
        v.description('A program and its arguments; no shell reads them. The facts come on standard input, as JSON.'),
      ),
      ...shared,
    }),
    v.strictObject({ kind: v.literal('webhook'), ...web, keyFile: inFile(KEY), keyEnv: inEnv(KEY), ...shared }),
    v.strictObject({
      ...{ kind: v.literal('ntfy'), ...web, topicFile: inFile(TOPIC), topicEnv: inEnv(TOPIC) },
      ...token,
      ...shared,
    }),
    v.strictObject({ kind: v.literal('gotify'), ...web, ...token, ...shared }),
    v.strictObject({
      kind: v.literal('mail'),
      to: v.pipe(text, v.description('Who gets it.')),
      from: v.pipe(text, v.description('Who it is from.')),
      program: v.exactOptional(v.pipe(path, v.description('/usr/sbin/sendmail if absent.'))),
      ...shared,
    }),
    v.strictObject({
      kind: v.literal('mqtt'),
      topic: v.pipe(text, v.description('A topic of its own, which the user of the daemon may write.')),
      ...shared,
    }),
  ],
  'an object whose kind is "command", "webhook", "ntfy", "gotify", "mail" or "mqtt"',
);

const NAME = 'a name of small letters, digits and hyphens';

/** The schema of all channels, by their names. */
export const noticesSchema = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,29}$/, NAME)),
    channel,
    'an object with one channel for each name',
  ),
  v.description('By what alarms are told while nobody looks, by name; hometui daemon does it.'),
);

/** One channel, without its secrets. */
export type ChannelSettings = Readonly<v.InferOutput<typeof channel>>;
/** All of them, by name. */
export type NoticeSettings = Readonly<Record<string, ChannelSettings>>;
