import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { schema as catcher } from '../../../apps/catcher/src/config.ts'
import { schema as consoleApi } from '../../../apps/console-api/src/config.ts'
import { schema as gateway } from '../../../apps/gateway/src/config.ts'
import { schema as marketplace } from '../../../apps/marketplace/src/config.ts'
import { schema as worker } from '../../../apps/worker/src/config.ts'
import { schema as admin } from '../../src/admin/config.ts'
import { schema as launcher } from '../../src/launch/config.ts'
import { repositoryRoot } from '../../src/paths.ts'
import { schema as reconcile } from '../../src/reconcile/run-reconcile.ts'

/** Everything that is run in a real installation and reads the environment. */
const readers: Readonly<Record<string, z.ZodObject>> = {
  gateway,
  'console-api': consoleApi,
  worker,
  catcher,
  marketplace,
  launcher,
  reconcile,
  admin,
}

type Row = { readonly setting: string; readonly readBy: readonly string[]; readonly usual: string }

function documented(): readonly Row[] {
  const page = readFileSync(join(repositoryRoot, 'docs', 'installation.md'), 'utf8')
  return [...page.matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \| ([^|]*)\|/gm)].map(
    ([, setting = '', readBy = '', usual = '']) => ({
      setting,
      readBy: readBy.trim().split(', '),
      usual: usual.trim(),
    }),
  )
}

const byName = (one: { readonly setting: string }, other: { readonly setting: string }) =>
  one.setting < other.setting ? -1 : 1

test('the page of a real installation names every setting and whatever reads it, and no other', () => {
  const settings = new Map<string, string[]>()
  for (const [reader, { shape }] of Object.entries(readers))
    for (const setting of Object.keys(shape))
      settings.set(setting, [...(settings.get(setting) ?? []), reader])
  const read = [...settings].map(([setting, readBy]) => ({ setting, readBy })).toSorted(byName)
  expect(
    documented()
      .map(({ setting, readBy }) => ({ setting, readBy }))
      .toSorted(byName),
  ).toEqual(read)
})

test('what it says is the default of a setting is so', () => {
  const usuals = new Map(documented().map(({ setting, usual }) => [setting, usual]))
  const wrong = Object.values(readers).flatMap(({ shape }) =>
    Object.entries(shape).filter(([setting, schema]) => !isSaid(schema, usuals.get(setting) ?? '')),
  )
  expect(wrong.map(([setting]) => setting)).toEqual([])
})

/** The text of a default is in the page; folders and lists are described in words there. */
function isSaid(schema: unknown, said: string): boolean {
  const { success, data } = (schema as z.ZodType).safeParse(undefined)
  if (!success || said === 'required') return said === 'required'
  if (typeof data !== 'string' && typeof data !== 'number') return true
  return String(data).includes('/') || said.split(', ').includes(String(data))
}
