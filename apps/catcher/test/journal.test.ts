import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@droplock/core/new-id'
import type { Attempt } from '@droplock/core/targets/record'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJournal, readLeftovers } from '../src/journal.ts'

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

function leave(accountId: string, clTRID: string): void {
  const journal = openJournal(folder, accountId, writer())
  journal.sent(attempt(clTRID))
  journal.close()
}

const leftovers = (accountId: string) => readLeftovers(folder, accountId, writer(2n))

test('an account finds its own journals alone, whatever the ids of others begin with', () => {
  const ids = ['a', 'a.b', 'a.b.1', 'sim/a', 'sim/a.b', 'ä.1']
  for (const id of ids) leave(id, `sent for ${id}`)
  for (const id of ids) expect(leftovers(id).attempts.map(({ clTRID }) => clTRID)).toEqual([`sent for ${id}`])
})

test('forgetting what one account left behind leaves the journals of the others', () => {
  leave('a', 'A-1')
  leave('a.b', 'B-1')
  leftovers('a').forget()
  expect(leftovers('a').attempts).toEqual([])
  expect(leftovers('a.b').attempts).toHaveLength(1)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('a line is in the file one turn of the event loop after its command, so that a command never waits for it', async () => {
  const journal = openJournal(folder, 'a', writer())
  journal.sent(attempt('A-1'))
  expect(leftovers('a').attempts).toEqual([])
  await new Promise(setImmediate)
  expect(leftovers('a').attempts).toHaveLength(1)
  journal.close()
})

test('closing writes what is left, and what is in the database is written no more', async () => {
  const journal = openJournal(folder, 'a', writer())
  journal.sent(attempt('A-1'))
  journal.forget()
  await new Promise(setImmediate)
  expect(leftovers('a').attempts).toEqual([])
  journal.sent(attempt('A-2'))
  journal.close()
  expect(leftovers('a').attempts.map(({ clTRID }) => clTRID)).toEqual(['A-2'])
})
