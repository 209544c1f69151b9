import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { startFaultyProxy } from '../../../epp/src/conformance/faulty-proxy.ts'
import { openDatabase } from '../../src/database/connect.ts'
import { copyLine, copyRows } from '../../src/database/copy.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'

test('a COPY to a server that has gone silent ends with its signal, nothing of it is there, and the next has another connection', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const url = new URL(clone.url)
  const proxy = await startFaultyProxy(url.hostname, Number(url.port))
  onTestFinished(() => proxy.stop())
  url.port = String(proxy.port)
  const db = openDatabase({ url: url.href, connectionsMax: 1, applicationName: 'droplock-test-copy' })
  onTestFinished(() => db.destroy())
  await sql`create table copied (number int)`.execute(clone.db)
  const given = new AbortController()
  async function* lines() {
    yield copyLine([1])
    proxy.silenceOpen()
    yield copyLine([2])
    setTimeout(() => given.abort(new Error('the time is over')), 50)
  }
  const copy = { table: 'copied', columns: ['number'] }
  await expect(copyRows(db, { ...copy, lines: lines(), signal: given.signal })).rejects.toThrow(
    'the time is over',
  )
  await copyRows(db, { ...copy, lines: Readable.from([copyLine([3])]) })
  const { rows } = await sql`select number from copied`.execute(clone.db)
  expect(rows).toEqual([{ number: 3 }])
})
