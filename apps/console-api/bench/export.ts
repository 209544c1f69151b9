import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openAccount } from '@droplock/core/accounts/administer'
import { asService } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { exportLedger } from '@droplock/core/exports/export-ledger'
import { newId } from '@droplock/core/new-id'
import { addStaff } from '@droplock/core/staff/administer'
import { onServer } from '@droplock/core/testing/server'
import { streamText } from '../src/http/stream-text.ts'

// `npm run bench -- export`: a ledger of 200,000 postings as CSV over HTTP, to a reader that takes a megabyte now and then.
// What the process holds must not grow with the file. Arguments: the database's URL.

const POSTINGS = 200_000
const SETS_PER_INSERT = 10_000
/** A reader of some 10 MB/s. */
const pauseMs = 5
const MIB = 1_048_576
/** More than the bench takes. */
const bounds = { msMax: 600_000, pieceMsMax: 60_000, onEnd: () => undefined }
/** What is left after a collection is what is held; a collection takes milliseconds. */
const chunksPerSample = 10
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 2, applicationName: 'bench-export' })
const ctx = { db, newId }
await stock()
const staffId = await addStaff(asService(ctx), {
  email: 'f@x.test',
  name: 'f',
  roles: ['finance'],
  passwordHash: '-',
})
const actor = {
  kind: 'staff',
  staffId,
  sessionId: '-',
  email: 'f@x.test',
  name: 'f',
  roles: ['finance'],
  standing: 'proven',
} as const
const staff = { ...ctx, actor }
for (const [name, read] of [
  ['slow reader', pauseMs],
  ['fast reader', 0],
] as const)
  await measure(name, read)
await db.destroy()

async function measure(name: string, readPauseMs: number): Promise<void> {
  const period = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') }
  const start = performance.now()
  collect()
  const before = process.memoryUsage().heapUsed
  let [octets, lines, chunks, heapMax] = [0, 0, 0, 0]
  for await (const chunk of await streamText(exportLedger(staff, period), bounds)) {
    octets += chunk.length
    for (const octet of chunk) if (octet === 10) lines += 1
    chunks += 1
    if (chunks % chunksPerSample === 0) {
      collect()
      heapMax = Math.max(heapMax, process.memoryUsage().heapUsed)
    }
    if (readPauseMs > 0) await sleep(readPauseMs)
  }
  const seconds = (performance.now() - start) / 1_000
  console.log(
    JSON.stringify({
      name,
      lines,
      octets_mib: Number((octets / MIB).toFixed(1)),
      seconds: Number(seconds.toFixed(1)),
      live_heap_growth_mib: Number(((heapMax - before) / MIB).toFixed(1)),
    }),
  )
}

async function stock(): Promise<void> {
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  for (let done = 0; done < POSTINGS / 2; done += SETS_PER_INSERT / 2) {
    const lines = Array.from({ length: SETS_PER_INSERT / 2 }, () => {
      const common = { cause: 'top_up', cause_id: newId(), currency: 'USD', account_id: accountId } as const
      return [
        { ...common, line: 1, ledger_account: 'provider_clearing', amount_minor: -100n },
        { ...common, line: 2, ledger_account: 'customer_balance', amount_minor: 100n },
      ] as const
    })
    for (let at = 0; at < lines.length; at += 500)
      await db
        .insertInto('posting')
        .values(lines.slice(at, at + 500).flat())
        .execute()
  }
  // As the server does by itself before long: without it, it takes the table for an empty one.
  await onServer(url, (client) => client.query('analyze'))
}
