import { expect, it } from 'vitest';
import { generatePassword } from '../../src/io/generate-password.ts';

it('makes twenty digits in groups, never the same twice', () => {
  const made = Array.from({ length: 200 }, generatePassword);
  for (const password of made) expect(password).toMatch(/^\d{4}(-\d{4}){4}$/);
  expect(new Set(made).size).toBe(200);
});
