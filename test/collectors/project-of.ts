import { createFixture } from 'fs-fixture';
import { expect, onTestFinished } from 'vitest';
import { filesCollector } from '../../src/collectors/files.js';
import { projectCollector, type Project } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import type { Settings } from '../../src/engine/types.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings as plain } from '../engine/stand-ins.js';

/** What the static collectors make of a folder; what they give is held against the artifacts' schemas. */
export async function lookAt(root: string, given: Partial<Settings> = {}): Promise<Project> {
  const signal = new AbortController().signal;
  const settings = { ...plain, root, ...given };
  const files = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files, source } });
  expect((await validatorOf('artifacts/source'))(source)).toBe(true);
  expect((await validatorOf('artifacts/project'))(project)).toBe(true);
  return project;
}

/** The same for files that are written for this test. */
export async function project(files: Record<string, string>, given: Partial<Settings> = {}): Promise<Project> {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  return lookAt(fixture.path, given);
}

export const launch = (more: Partial<Settings['launch']>): Partial<Settings> => ({
  launch: { ...plain.launch, ...more },
});
/** A script that could be the entry. */
export const page = 'import streamlit as st\nst.set_page_config()\n';
