import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { startFaultyProxy } from '../../../epp/src/conformance/faulty-proxy.ts'
import { openDatabase } from '../../src/database/connect.ts'
import { copyLine, copyRows } from '../../src/database/copy.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'

const given = new AbortController()

test.each([
  { ends: 'with its signal', limits: {}, signal: given.signal, by: 'the time is over' },
  { ends: 'after a while', limits: { answerMsMax: 3_000 }, signal: undefined, by: 'took no rows' },
])(
  'a COPY to a server that has gone silent ends $ends, nothing of it is there, and the next has another connection',
  async ({ limits, signal, by }) => {
    const clone = await cloneDatabase()
    onTestFinished(clone.drop)
    const url = new URL(clone.url)
    const proxy = await startFaultyProxy(url.hostname, Number(url.port))
    onTestFinished(() => proxy.stop())
    url.port = String(proxy.port)
    const db = openDatabase({
      url: url.href,
      connectionsMax: 1,
      applicationName: 'droplock-test-copy',
      ...limits,
    })
    onTestFinished(() => db.destroy())
    await sql`create table copied (number int)`.execute(clone.db)
    async function* lines() {
      yield copyLine([1])
      proxy.silenceOpen()
      yield copyLine([2])
      setTimeout(() => given.abort(new Error('the time is over')), 50)
    }
    const copy = { table: 'copied', columns: ['number'] }
    await expect(copyRows(db, { ...copy, lines: lines(), signal })).rejects.toThrow(by)
    await copyRows(db, { ...copy, lines: Readable.from([copyLine([3])]) })
    const { rows } = await sql`select number from copied`.execute(clone.db)
    expect(rows).toEqual([{ number: 3 }])
  },
)
