import { spawnSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@droplock/core/new-id'
import type { Attempt } from '@droplock/core/targets/record'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJournal, readLeftovers } from '../src/journal.ts'
import { mountSmallDisk } from './support/small-disk.ts'
import { waitUntil } from './support/wait-until.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const writer = (epoch = 1n) => ({ owner: newId(), epoch })

function attempt(clTRID: string): Attempt {
  return {
    clTRID,
    targetId: newId(),
    registryAccountId: 'an account',
    command: 'create',
    sentAt: new Date(1_000),
    answeredAt: null,
    roundTripUs: null,
    outcome: 'unknown',
    code: null,
    message: null,
    svTRID: null,
  }
}

async function leave(accountId: string, clTRID: string): Promise<void> {
  const journal = openJournal(folder, accountId, writer())
  journal.sent(attempt(clTRID))
  await journal.close()
}

const leftovers = (accountId: string) => readLeftovers(folder, accountId, writer(2n))

test('an account finds its own journals alone, whatever the ids of others begin with', async () => {
  const ids = ['a', 'a.b', 'a.b.1', 'sim/a', 'sim/a.b', 'ä.1']
  for (const id of ids) await leave(id, `sent for ${id}`)
  for (const id of ids) expect(leftovers(id).attempts.map(({ clTRID }) => clTRID)).toEqual([`sent for ${id}`])
})

test('forgetting what one account left behind leaves the journals of the others', async () => {
  await leave('a', 'A-1')
  await leave('a.b', 'B-1')
  leftovers('a').forget()
  expect(leftovers('a').attempts).toEqual([])
  expect(leftovers('a.b').attempts).toHaveLength(1)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('a line is in the file a moment after its command, which never waits for it', async () => {
  const journal = openJournal(folder, 'a', writer())
  journal.sent(attempt('A-1'))
  expect(leftovers('a').attempts).toEqual([])
  await waitUntil('it is written', async () => leftovers('a').attempts.length === 1)
  await journal.close()
})

test('closing writes what is left, and what is in the database is written no more', async () => {
  const journal = openJournal(folder, 'a', writer())
  journal.sent(attempt('A-1'))
  journal.forget()
  await new Promise(setImmediate)
  expect(leftovers('a').attempts).toEqual([])
  journal.sent(attempt('A-2'))
  await journal.close()
  expect(leftovers('a').attempts.map(({ clTRID }) => clTRID)).toEqual(['A-2'])
})

test('without its disk a journal throws nothing, reports so once, and is written again as soon as that is possible', async () => {
  const faults: unknown[] = []
  const lost = join(folder, 'lost')
  writeFileSync(lost, 'no folder')
  const me = writer()
  const journal = openJournal(lost, 'a', me, (fault) => faults.push(fault))
  for (const clTRID of ['A-1', 'A-2']) {
    journal.sent(attempt(clTRID))
    await waitUntil('it is tried', async () => faults.length === 1)
  }
  journal.forget()
  expect(faults).toEqual([expect.any(Error)])
  rmSync(lost)
  journal.sent(attempt('A-3'))
  await journal.close()
  expect(faults).toEqual([expect.any(Error), undefined])
  expect(readLeftovers(lost, 'a', writer(2n)).attempts.map(({ clTRID }) => clTRID)).toEqual(['A-3'])
})

test.skipIf(!existsSync('/dev/full'))('a journal on a full disk throws nothing', async () => {
  const faults: unknown[] = []
  const me = writer()
  symlinkSync('/dev/full', join(folder, `a.${me.owner}.${me.epoch}.jsonl`))
  const journal = openJournal(folder, 'a', me, (fault) => faults.push(fault))
  journal.sent(attempt('A-1'))
  await waitUntil('it is tried', async () => faults.length === 1)
  journal.forget()
  await journal.close()
  expect(faults[0]).toMatchObject({ code: 'ENOSPC' })
})

test('where a disk took a part of a line, that line alone is lost', async ({ skip }) => {
  const disk = mountSmallDisk(folder)
  if (disk === undefined) return skip('this user may not mount a disk')
  try {
    const me = writer()
    const journal = openJournal(folder, 'a', me)
    disk.fill(4_096)
    for (const index of Array.from({ length: 60 }).keys()) {
      journal.sent(attempt(`A-${index}`))
      await delay(5)
    }
    disk.empty()
    journal.sent(attempt('A-last'))
    await journal.close()
    const found = leftovers('a').attempts.map(({ clTRID }) => clTRID)
    expect(found.at(-1)).toBe('A-last')
    expect(found.length).toBeLessThan(61)
    // A line that was not written yet when the disk had room again is there too.
    const kept = new Set(found.slice(0, -1))
    const lost = Array.from({ length: 60 }, (_, index) => `A-${index}`).filter((line) => !kept.has(line))
    expect(found.slice(0, -1).toSorted(byIndex)).toEqual(found.slice(0, -1))
    expect(indexOf(lost.at(-1)) - indexOf(lost[0])).toBe(lost.length - 1)
  } finally {
    disk.unmount()
  }
})

test('a disk that does not answer holds nothing up: the oldest lines are given up, and closing does not wait for it', async () => {
  const me = writer()
  const path = join(folder, `a.${me.owner}.${me.epoch}.jsonl`)
  // A pipe that nobody reads cannot be opened for writing, as long as that takes.
  spawnSync('mkfifo', [path])
  const faults: unknown[] = []
  const journal = openJournal(folder, 'a', me, (fault) => faults.push(fault))
  for (const index of Array.from({ length: 10_200 }).keys()) {
    journal.sent(attempt(`A-${index}`))
    if (index % 100 === 0) await new Promise(setImmediate)
  }
  await journal.close()
  expect(faults).toEqual([expect.objectContaining({ message: 'the disk of the journal is too slow' })])
  // Somebody reads: the disk answers, and the file is closed.
  closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK))
})

const indexOf = (line: string | undefined) => Number(line?.slice('A-'.length))
const byIndex = (one: string, other: string) => indexOf(one) - indexOf(other)
