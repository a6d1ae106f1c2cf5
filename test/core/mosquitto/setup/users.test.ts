import { expect, it } from 'vitest';
import { createHouse } from '../../../../src/core/house/house.ts';
import { setupUsers, userFaults } from '../../../../src/core/mosquitto/setup/users.ts';
import { article } from '../../../helpers/ui/home.ts';

const config = article();
const house = createHouse({
  ...config,
  clients: {
    heating: { publishes: ['flow'] },
    shed: { publishes: ['return'], user: 'heating' },
    box: { publishes: [] },
  },
});

it('are the devices and the people of a house, each once, with what they are', () => {
  const roles = { viewers: ['monitor', 'anna', 'box'], operators: ['anna', 'tom'], masters: ['master', 'tom'] };
  expect(setupUsers(house, roles).map(({ name, clients, role }) => [name, clients.join(' '), role])).toEqual([
    ['heating', 'heating shed', 'a device'],
    ['box', 'box', 'sees everything'],
    ['monitor', '', 'sees everything'],
    // The role that may do the most is the one that is told.
    ['anna', '', 'sees everything and switches'],
    ['tom', '', 'may do everything'],
    ['master', '', 'may do everything'],
  ]);
});

it('are refused with a name or a password that no file can hold', () => {
  const users = ['fine', 'a:b', 'empty', 'later', 'unknown'].map(name => ({ name, clients: [], role: 'a device' }));
  const passwords = new Map([
    ['fine', 'secret'],
    ['a:b', ''],
    ['empty', ''],
    ['later', null],
  ]);
  expect(userFaults(users, passwords)).toEqual([
    {
      message: 'the user name "a:b" has a colon, behind which the password stands in the file',
      cure: 'Take another name.',
    },
    { message: 'the password of "empty" is empty', cure: 'Take another one.' },
  ]);
});
