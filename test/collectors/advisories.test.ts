import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { lookAround } from './environment-looks.js';

it('has what is known of the APIs the code uses, in whatever release, and every combination', async () => {
  await using folder = await createFixture({ 'app.py': 'import streamlit as st\nst.experimental_rerun()\n' });
  const { source, advisories } = await lookAround(folder.path, {});
  expect(source.files[0]?.apiUses).toMatchObject([{ api: 'streamlit.experimental_rerun', line: 2 }]);
  expect(advisories.apis.map(({ id }) => id)).toEqual([
    'streamlit-experimental-rerun',
    'streamlit-experimental-rerun-deprecated',
  ]);
  expect(advisories.combinations.length).toBeGreaterThan(5);
});
