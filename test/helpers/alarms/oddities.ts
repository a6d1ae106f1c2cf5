import type { FastHouse } from './fast-house.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Oddities that harm nobody. */
export function oddityKinds(cadenceMs: number): readonly ((house: FastHouse) => void)[] {
  const once =
    (topic: string, payload: string) =>
    (house: FastHouse): void => {
      let isSaid = false;
      house.say(topic, felt => {
        if (isSaid) return felt;
        isSaid = true;
        return payload;
      });
    };
  return [
    // A board starts again.
    house => {
      house.setAlive('heating', false);
      house.later(cadenceMs + 3 * SECOND, next => next.setAlive('heating', true));
    },
    house => {
      house.setAlive('dhtclient', false);
      house.later(cadenceMs + 3 * SECOND, next => next.setAlive('dhtclient', true));
    },
    // Our link is lost for a moment, and what the broker kept is no news: values that were bad long ago.
    house => {
      house.setLink(false);
      house.later(12 * SECOND, next =>
        next.setLink(true, [
          ['heating/flow', '97.0'],
          ['heating/return', '88.0'],
          ['cellar/humidity', '99.0'],
          ['cellar/temperature', '0.1'],
          ['heating/pump/done', 'off'],
          ['heating/burner/done', 'on'],
        ]),
      );
    },
    house => house.setBack(),
    house => house.suspend(7 * MINUTE),
    // One reading that is none.
    once('heating/flow', '85.00'),
    once('heating/return', '-127.00'),
    once('cellar/humidity', 'nan'),
    once('cellar/temperature', '0.0'),
    // Beyond its limit for less than it takes.
    once('heating/return', '71.2'),
    once('cellar/humidity', '81.5'),
    // Somebody switches the fan, here or at the device.
    house => {
      house.request('fan', true);
      house.later(5 * MINUTE, next => next.request('fan', false));
    },
    house => {
      house.move('fan', true);
      house.later(5 * MINUTE, next => next.move('fan', false));
    },
    // A sensor is changed for another, which feels a little more.
    house => {
      const by = 0.4 + house.random.next() * 0.4;
      house.setAlive('dhtclient', false);
      house.later(cadenceMs + 5 * SECOND, next => {
        next.setAlive('dhtclient', true);
        next.say('cellar/temperature', felt => (Number(felt) + by).toFixed(1));
      });
    },
    // A link that breaks off again and again, each time for a moment.
    house => {
      for (let round = 0; round < 5; round += 1) {
        house.later(round * 40 * SECOND, next => next.setLink(false));
        house.later(round * 40 * SECOND + 8 * SECOND, next => next.setLink(true));
      }
    },
  ];
}
