import type { DeviceAccess } from './device-access.ts';
import { commentText, pythonBytes } from './literals.ts';

/** What the article's boards measure with, by what the house calls the two values. */
type Chip = 'dht22' | 'ds18b20';

const CHIPS: Readonly<Record<Chip, readonly [string, string]>> = {
  dht22: ['temperature', 'humidity'],
  ds18b20: ['flow', 'return'],
};
/** The pins of an ESP8266 that are free for relays and quiet at its start: D1, D2, D5, D6. The sensors' is D7. */
const RELAY_PINS = [5, 4, 14, 12];
const SENSOR_PIN = 13;

/**
 * The whole `main.py` for a device that measures with a DHT22 or two DS18B20 and switches up to four relays, as the article
 * builds them; `null` for any other. `settings.py` stands beside it.
 */
export function micropythonProgram(access: DeviceAccess): string | null {
  const chip = chipOf(access);
  const { relays, availability, everyMs, isSealed } = access;
  if (chip === null || relays.length === 0 || relays.length > RELAY_PINS.length) return null;
  if (relays.some(({ isInJson }) => isInJson)) return null;
  const will = availability === null ? null : availability;
  return [
    `# ${commentText(access.id)}: ${chip === 'dht22' ? 'a DHT22' : 'two DS18B20'} and relays, for MicroPython on an ESP8266.`,
    isSealed
      ? '# Fill in settings.py, and put both on the board, with seal.py and seal_key.py.'
      : '# Fill in settings.py, and put both on the board.',
    `${chip === 'dht22' ? 'import dht' : 'import ds18x20'}`,
    'import machine',
    'import network',
    ...(chip === 'dht22' ? [] : ['import onewire']),
    'import settings',
    'import time',
    ...(isSealed ? ['from seal import Seal', 'from seal_key import KEY'] : []),
    'from umqtt.simple import MQTTClient',
    '',
    `EVERY_MS = ${everyMs}`,
    'PING_MS = settings.KEEPALIVE * 1000 // 3',
    ...(isSealed ? ['SEAL = Seal(KEY)'] : []),
    '',
    '',
    'def relay(pin, on, off, feedback):',
    '    # Off at the start. For relays that a low level switches on: value=1, off: 1, on: 0.',
    '    return machine.Pin(pin, machine.Pin.OUT, value=0), {off: 0, on: 1}, feedback',
    '',
    '',
    '# By the topics of their commands.',
    'RELAYS = {',
    ...relays.map(({ command, feedback, on, off }, index) => {
      const words = [on, off, feedback].map(pythonBytes).join(', ');
      return `    ${pythonBytes(command)}: relay(${RELAY_PINS[index]}, ${words}),`;
    }),
    '}',
    ...(chip === 'dht22' ? dht22(access) : ds18b20(access)),
    ...(isSealed ? OBEY_SEALED : OBEY),
    ...LINK,
    ...(will === null
      ? []
      : [`    client.set_last_will(${pythonBytes(will.topic)}, ${pythonBytes(will.offline)}, retain=True)`]),
    '    try:',
    '        client.connect()',
    ...(will === null
      ? []
      : [`        client.publish(${pythonBytes(will.topic)}, ${pythonBytes(will.online)}, retain=True)`]),
    ...loop(isSealed ? 'SEAL.seal(value[0], value[1].encode())' : 'value[1].encode()'),
  ].join('\n');
}

function chipOf({ values }: DeviceAccess): Chip | null {
  if (values.some(({ isInJson }) => isInJson)) return null;
  const ids = values.map(({ id }) => id);
  const fits = ([, names]: readonly [string, readonly string[]]): boolean =>
    ids.length === names.length && names.every(name => ids.includes(name));
  return (Object.entries(CHIPS) as [Chip, readonly string[]][]).find(fits)?.[0] ?? null;
}

function topicOf({ values }: DeviceAccess, id: string): string {
  return pythonBytes(values.find(value => value.id === id)?.topic ?? '');
}

function formatOf({ values }: DeviceAccess, id: string): string {
  return `"%.${values.find(value => value.id === id)?.decimals ?? 1}f"`;
}

function dht22(access: DeviceAccess): readonly string[] {
  return [
    `SENSOR = dht.DHT22(machine.Pin(${SENSOR_PIN}))`,
    '',
    '',
    'def measure():',
    '    SENSOR.measure()',
    `    yield ${topicOf(access, 'temperature')}, ${formatOf(access, 'temperature')} % SENSOR.temperature()`,
    `    yield ${topicOf(access, 'humidity')}, ${formatOf(access, 'humidity')} % SENSOR.humidity()`,
  ];
}

function ds18b20(access: DeviceAccess): readonly string[] {
  return [
    `BUS = ds18x20.DS18X20(onewire.OneWire(machine.Pin(${SENSOR_PIN})))`,
    '# By the order of their numbers; where flow and return come out the wrong way round, swap these two.',
    `TOPICS = (${topicOf(access, 'flow')}, ${topicOf(access, 'return')})`,
    '',
    '',
    'def measure():',
    '    roms = sorted(bytes(rom) for rom in BUS.scan())',
    '    if len(roms) != len(TOPICS):',
    '        raise OSError("%d sensors on the bus" % len(roms))',
    '    BUS.convert_temp()',
    '    yield None',
    '    for topic, rom in zip(TOPICS, roms):',
    '        value = BUS.read_temp(rom)',
    '        # 85 is what a chip says that has not measured yet.',
    '        if value != 85:',
    `            yield topic, ${formatOf(access, 'flow')} % value`,
  ];
}

const OBEY: readonly string[] = [
  '',
  '',
  'def tell(client, command):',
  '    pin, words, feedback = RELAYS[command]',
  '    for word, level in words.items():',
  '        if level == pin.value():',
  '            client.publish(feedback, word)',
  '',
  '',
  'def obey(client, command, payload):',
  '    if command in RELAYS:',
  '        pin, words, _ = RELAYS[command]',
  '        if payload in words:',
  '            pin.value(words[payload])',
  '        tell(client, command)',
];

/** What is not genuine, new and meant for this start of the board is passed over: no word about it goes out. */
const OBEY_SEALED: readonly string[] = [
  '',
  '',
  'def tell(client, command, id=b"0"):',
  '    pin, words, feedback = RELAYS[command]',
  '    for word, level in words.items():',
  '        if level == pin.value():',
  '            client.publish(feedback, SEAL.seal(feedback, word, id))',
  '',
  '',
  'def obey(client, command, payload):',
  '    found = SEAL.open(command, payload) if command in RELAYS else None',
  '    if found:',
  '        id, word = found',
  '        pin, words, _ = RELAYS[command]',
  '        if word in words:',
  '            pin.value(words[word])',
  '        tell(client, command, id)',
];

const LINK: readonly string[] = [
  '',
  '',
  'def join_network():',
  '    wlan = network.WLAN(network.STA_IF)',
  '    wlan.active(True)',
  '    if not wlan.isconnected():',
  '        wlan.connect(*settings.WIFI)',
  '    for _ in range(100):',
  '        if wlan.isconnected():',
  '            return wlan',
  '        time.sleep_ms(200)',
  '    raise OSError("no Wi-Fi")',
  '',
  '',
  'def run():',
  '    wlan = join_network()',
  '    client = MQTTClient(settings.CLIENT_ID, settings.BROKER, settings.PORT, settings.USER, settings.PASSWORD,',
  '                        settings.KEEPALIVE)',
  '    client.set_callback(lambda topic, payload: obey(client, topic, payload))',
];

/** What comes once the link is there; `said` is what is published of `value`, a topic and a text. */
const loop = (said: string): readonly string[] => [
  '        for command in RELAYS:',
  '            client.subscribe(command)',
  '            tell(client, command)',
  '        live(client, wlan)',
  '    finally:',
  '        if client.sock:',
  '            client.sock.close()',
  '',
  '',
  'def live(client, wlan):',
  '    pinged = time.ticks_ms()',
  '',
  '    def serve(duration):',
  '        nonlocal pinged',
  '        end = time.ticks_add(time.ticks_ms(), duration)',
  '        while True:',
  '            client.check_msg()',
  '            if time.ticks_diff(time.ticks_ms(), pinged) >= PING_MS:',
  '                pinged = time.ticks_ms()',
  '                client.ping()',
  '            if time.ticks_diff(end, time.ticks_ms()) <= 0:',
  '                return',
  '            time.sleep_ms(50)',
  '',
  '    while wlan.isconnected():',
  '        began = time.ticks_ms()',
  '        measuring = measure()',
  '        while True:',
  '            try:',
  '                value = next(measuring)',
  '            except StopIteration:',
  '                break',
  '            except Exception as error:',
  '                print("Not measured:", error)',
  '                break',
  '            if value is None:',
  '                # So long a chip takes to measure.',
  '                serve(750)',
  '            else:',
  `                client.publish(value[0], ${said})`,
  '        serve(EVERY_MS - time.ticks_diff(time.ticks_ms(), began))',
  '    raise OSError("Wi-Fi lost")',
  '',
  '',
  'while True:',
  '    try:',
  '        run()',
  '    except Exception as error:',
  '        print("No link:", error)',
  '    time.sleep(5)',
  '',
];
