import type { ChildProcess } from 'node:child_process'
import { addYears } from '@droplock/rules/schedule/local-time'
import { expect, test } from 'vitest'
import { type Arena, openArena } from './support/arena.ts'
import { killHard, spawnCatcher } from './support/process.ts'
import {
  catchAll,
  decided,
  exDateOf,
  readRenewal,
  refundsOf,
  renewFor,
  renewsOf,
} from './support/renewals.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000

/**
 * When the catcher is killed: a renew is written down and held back at the registry; it is done and its answer is held back; it is
 * done and its answer is lost.
 */
const moments = [
  { kind: 'stall_before_commit', done: false },
  { kind: 'stall_after_commit', done: true },
  { kind: 'cut_after_commit', done: true },
] as const

/** So often each. */
const KILLS = 2

async function killIn(
  arena: Arena,
  catcher: ChildProcess,
  name: string,
  moment: (typeof moments)[number],
): Promise<ChildProcess> {
  const before = exDateOf(arena, name)
  await arena.post('faults', { kind: moment.kind, commands: ['renew'], names: [name], count: 1 })
  const id = await renewFor(arena, name)
  await waitUntil(`${name} is ${moment.kind}`, async () => {
    if (moment.done) return (await renewsOf(arena, name)).length === 1
    return (await readRenewal(arena, id)).request === 'sent'
  })
  await killHard(catcher)
  const successor = spawnCatcher(arena)
  const renewed = await decided(arena, id)
  expect(`${name} ${renewed.state}`).toBe(`${name} successful`)
  expect(renewed.new_expires_at).toEqual(addYears(before, 1))
  expect(exDateOf(arena, name)).toEqual(addYears(before, 1))
  expect(await renewsOf(arena, name)).toHaveLength(1)
  expect(await refundsOf(arena, id)).toBe(0)
  return successor
}

test('a catcher killed in the middle of a renewal leaves one that is done once, and never refunded', {
  timeout: MS_MAX,
}, async () => {
  const arena = await openArena()
  let catcher = spawnCatcher(arena)
  try {
    const kills = Array.from({ length: KILLS * moments.length }, (_, index) => `kill-${index}.test`)
    await catchAll(arena, kills, 4_000)
    for (const [index, name] of kills.entries()) {
      const moment = moments[index % moments.length]
      if (moment !== undefined) catcher = await killIn(arena, catcher, name, moment)
    }
  } finally {
    catcher.kill('SIGKILL')
    await arena.end()
  }
})
