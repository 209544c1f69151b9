import { openDatabase } from '@droplock/core/database/connect'
import { isUnreachable } from '@droplock/core/database/errors'
import { migrate } from '@droplock/core/database/migrate'
import { inTransaction } from '@droplock/core/database/transaction'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startEnvironment } from '../../src/environment/environment.ts'
import { listOf, namesOfTomorrow, publishList } from '../../src/loadtest/lists.ts'
import { startTemporaryPostgres } from '../../src/postgres/temporary.ts'

const REGISTRY = 'replicated'
const timing = {
  cutoffLeadSeconds: 60,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  lateSeconds: 0,
  graceSeconds: 0,
}

test('an order that only the primary has is not acknowledged, also when its time is over; sent again, it is the same', async () => {
  await using environment = await startEnvironment(
    {
      name: 'unreplicated',
      firstPort: 19_500,
      registries: [{ id: REGISTRY, zones: ['com'], sessionsMax: 1, commandsPerSecondMax: 10, timing }],
      durable: true,
      apps: { gateway: { REQUEST_MS_MAX: '6000' } },
    },
    { line: () => undefined, say: () => undefined },
    new AbortController().signal,
  )
  const { ctx, resellers, urlOf, databaseUrl } = environment
  const names = namesOfTomorrow('unreplicated', 2)
  await publishList(ctx, REGISTRY, listOf(names))
  const order = async (name: string | undefined, idempotencyKey: string) => {
    const answer = await fetch(`${urlOf('gateway')}/v1/backorders`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${resellers[0]?.apiKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey,
      },
      body: JSON.stringify({ name, payment: 'balance' }),
    })
    return { status: answer.status, body: (await answer.json()) as { code?: string; id?: string } }
  }
  const [first, second] = names
  expect(await order(first?.name, newId())).toMatchObject({ status: 201 })

  const key = newId()
  await setStandby(databaseUrl, "'elsewhere'")
  expect(await order(second?.name, key)).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  await setStandby(databaseUrl, "''")
  // Until the wait of the first is over, its key is in progress.
  const again = await vi.waitFor(
    async () => {
      const answer = await order(second?.name, key)
      expect(answer.status).toBe(201)
      return answer
    },
    { timeout: 30_000, interval: 50 },
  )
  const { rows } = await ask(databaseUrl, 'select id from backorder where secured_at is not null')
  expect(rows).toHaveLength(2)
  expect(rows).toContainEqual({ id: again.body.id })
})

test('a commit whose wait for a standby was cut off fails, though the server says that it has succeeded', async () => {
  const postgres = await startTemporaryPostgres({ durable: true })
  onTestFinished(() => postgres.stop())
  const { url } = postgres
  await migrate(url)
  await setStandby(url, "'elsewhere'")
  const raw = ask(url, "insert into account (id, name, currency) values (gen_random_uuid(), 'Beacon', 'USD')")
  await cancelWaiting(url)
  await expect(raw).resolves.toBeDefined()

  const db = openDatabase({ url, connectionsMax: 2, applicationName: 'droplock-test' })
  onTestFinished(() => db.destroy())
  const values = { id: newId(), name: 'Anchor Names', currency: 'USD' }
  const write = inTransaction(db, (tx) => tx.insertInto('account').values(values).execute()).catch(
    (error: unknown) => error,
  )
  await cancelWaiting(url)
  expect(isUnreachable(await write)).toBe(true)
  // A read waits for nobody. It gets another connection.
  expect(await db.selectFrom('account').select('id').where('id', '=', values.id).execute()).toHaveLength(1)
})

/** Cuts the wait of a commit off, as a limit of ours or a person does. */
async function cancelWaiting(url: string): Promise<void> {
  const cancel = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"
  await expect.poll(async () => (await ask(url, cancel)).rowCount).toBe(1)
}

/** Whom commits wait for: a standby that is not there, or nobody. */
async function setStandby(url: string, names: string): Promise<void> {
  await ask(url, `alter system set synchronous_standby_names = ${names}`)
  await ask(url, 'select pg_reload_conf()')
  // Commits wait for whom the checkpointer has read; it reads before it makes a checkpoint.
  await ask(url, 'checkpoint')
}

function ask(url: string, text: string) {
  return onServer(url, (client) => client.query(text))
}
