import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { placeBackorder } from '@droplock/core/backorders/place'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { stockAccounts, stockNames, stockRegistry } from '@droplock/core/bench/support/stock'
import { type AccountContext, asService, type Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { getChange } from '@droplock/core/schedule-changes/read'
import { undoChange } from '@droplock/core/schedule-changes/undo'

// `npm run bench -- schedule`: the worker's process moves 50,000 listings of one zone in one change, and undoes it, while orders of
// these names go on: how long they wait, and how long a batch holds its locks. Arguments: the database's URL, the listings.

const listings = Number(process.argv[3] ?? 50_000)
const SECURED = 2_000
const CLAIMANTS = 4
/** Orders of one claimant: this often. Milliseconds. */
const PACE_MS = 40
const IDLE_MS = 10_000
const DAY_SECONDS = 86_400

const report = reporter('schedule')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: CLAIMANTS + 4, applicationName: 'bench-schedule' })
const ctx: Context = { db, newId }
await stockRegistry(ctx)
const names = [...(await stockNames(ctx, listings))]
const buyers = await stockAccounts(ctx, CLAIMANTS)
for (let i = names.length - 1; i > 0; i -= 1) {
  const j = Math.floor(Math.random() * (i + 1))
  ;[names[i], names[j]] = [names[j] ?? '', names[i] ?? '']
}
await Promise.all(buyers.map((buyer) => secure(buyer, SECURED / CLAIMANTS)))

const worker = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, DATABASE_URL: url, DROPLOCK_DEMO: '1', DROPLOCK_CARDS: '0' },
})
let longestBatchMs = 0
createInterface({ input: worker.stdout }).on('line', (line) => {
  const event: { longestBatchMs?: number } = JSON.parse(line)
  longestBatchMs = Math.max(longestBatchMs, event.longestBatchMs ?? 0)
})

const idle = await claimsWhile(() => delay(IDLE_MS))
const action = { kind: 'shift', seconds: DAY_SECONDS } as const
const previewedMs = performance.now()
const { id } = await previewChange(asService(ctx), { action, filter: { zone: 'test' } })
report('preview', performance.now() - previewedMs, 'ms')
const applying = await claimsWhile(async () => {
  await applyChange(asService(ctx), { changeId: id, reason: 'a bench' })
  await untilState('applied')
})
const undoing = await claimsWhile(async () => {
  await undoChange(asService(ctx), { changeId: id, reason: 'a bench' })
  await untilState('undone')
})
worker.kill('SIGTERM')
await once(worker, 'exit')

const { progress } = await getChange(asService(ctx), id)
report('listings', progress.listings, 'rows')
report('applied', progress.applied, 'rows')
report('skipped_as_changed', progress.skippedFor['changed'] ?? 0, 'rows')
for (const [phase, { waitsMs, tookMs }] of Object.entries({ idle, applying, undoing })) {
  report(`${phase}_claims`, waitsMs.length, 'claims')
  report(`${phase}_claim_p50`, quantile(waitsMs, 0.5), 'ms')
  report(`${phase}_claim_p99`, quantile(waitsMs, 0.99), 'ms')
  report(`${phase}_claim_max`, quantile(waitsMs, 1), 'ms')
  if (phase !== 'idle') report(`${phase}_listings_per_second`, (progress.applied * 1_000) / tookMs, '1/s')
}
report('longest_batch', longestBatchMs, 'ms', { max: 50 })
await db.destroy()

async function secure(buyer: AccountContext, count: number): Promise<void> {
  for (const name of names.splice(-count)) await placeBackorder(buyer, { name, payment: 'balance' })
}

/** Orders at a steady pace while `work` goes on: how long each took. */
async function claimsWhile(work: () => Promise<unknown>) {
  const waitsMs: number[] = []
  const done = new AbortController()
  const startedMs = performance.now()
  const claim = async (buyer: AccountContext) => {
    while (!done.signal.aborted) {
      const name = names.pop()
      if (name === undefined) return
      const beganMs = performance.now()
      await placeBackorder(buyer, { name, payment: 'balance' })
      waitsMs.push(performance.now() - beganMs)
      await delay(PACE_MS)
    }
  }
  const claiming = buyers.map(claim)
  await work()
  const tookMs = performance.now() - startedMs
  done.abort()
  await Promise.all(claiming)
  return { waitsMs, tookMs }
}

async function untilState(state: string): Promise<void> {
  while ((await getChange(asService(ctx), id)).state !== state) await delay(100)
}
