import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPERATIONS } from '../../src/desk/desks.ts';
import { WHO_MAY } from '../../src/desk/who-may.ts';
import { WAY } from '../../src/request/way.ts';
import { ACT_FORMS, openForms } from './acts.ts';

test('every form asks an operation for fields it takes, and for all it needs', () => {
  for (const { words, fields, title } of ACT_FORMS) {
    const operation = OPERATIONS.find((one) => one.words === words)!;
    const shape = operation.input.shape as Record<string, { isOptional?: () => boolean }>;
    for (const { name } of fields) assert.ok(name in shape, `${title}: ${name}`);
    const needed = Object.entries(shape).filter(
      ([name, field]) => name !== 'request' && field.isOptional?.() === false,
    );
    for (const [name] of needed)
      assert.ok(
        fields.some((field) => field.name === name),
        `${title} lacks ${name}`,
      );
  }
});

test('a form is offered to the roles that may do it, and to no other', () => {
  for (const { words, roles, title } of ACT_FORMS) {
    const { who } = WHO_MAY[words];
    assert.ok(Array.isArray(who), title);
    for (const role of roles) assert.ok((who as readonly string[]).includes(role), `${title}: ${role}`);
  }
});

test('every act of the way that a person does has a form, a letter or a package of its own', () => {
  const elsewhere = ['receive', 'resolve', 'give reason', 'send letter', 'package'];
  const acts = [...new Set(WAY.map(({ act }) => act))].filter((act) => !elsewhere.includes(act));
  assert.deepEqual(
    acts.filter((act) => !ACT_FORMS.some((form) => form.act === act)),
    [],
  );
});

test('a clerk is offered nothing that a reviewer decides', () => {
  assert.deepEqual(openForms(['assign', 'decide', 'approve'], ['clerk']), []);
  assert.deepEqual(
    openForms(['decide'], ['reviewer']).map(({ words }) => words),
    ['request decide'],
  );
});
