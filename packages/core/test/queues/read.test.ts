import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { readQueues } from '../../src/queues.ts'
import { readNextDrops } from '../../src/targets/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmed } from '../support/held.ts'
import { advanceAll, givenReceiver } from '../support/receivers.ts'
import { contextOf, REGISTRY_ACCOUNT } from '../support/world.ts'

test('a queue has its length and the age of its oldest item; both are 0 where it is empty', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmed(ctx)
    await raiseAlarms(ctx, [
      { kind: 'list_late', subject: 'a' },
      { kind: 'list_late', subject: 'b' },
    ])
    await sql`update alarm set raised_at = raised_at - interval '1 hour' where subject = 'a'`.execute(tx)
    const queues = new Map((await readQueues(ctx)).map((queue) => [queue.name, queue]))
    expect(queues.get('alarm')).toMatchObject({ waiting: 2 })
    expect(queues.get('alarm')?.oldestSeconds).toBeGreaterThanOrEqual(3_600)
    expect(queues.get('target')).toMatchObject({ waiting: 1 })
    expect(queues.get('refund')).toEqual({ name: 'refund', waiting: 0, oldestSeconds: 0 })
  }))

test('deliveries to a disabled receiver are not in the queue', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const receiverId = await givenReceiver(ctx, { topics: ['alarm.opened'] })
    await raiseAlarms(ctx, [{ kind: 'list_late', subject: 'a' }])
    await advanceAll(ctx)
    const waiting = async () => (await readQueues(ctx)).find(({ name }) => name === 'event_delivery')?.waiting
    expect(await waiting()).toBe(1)
    await tx
      .updateTable('event_receiver')
      .set({ disabled_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', receiverId)
      .execute()
    expect(await waiting()).toBe(0)
  }))

test('the next window of a registry account is found; without armed targets there is none', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    expect(await readNextDrops(ctx)).toEqual([])
    await givenArmed(ctx)
    await sql`update catch_target set drop_from = statement_timestamp() + interval '10 minutes',
      drop_to = statement_timestamp() + interval '20 minutes', grace_until = statement_timestamp() + interval '30 minutes'`.execute(
      tx,
    )
    const [window] = await readNextDrops(ctx)
    expect(window?.registryAccountId).toBe(REGISTRY_ACCOUNT)
    expect(window?.seconds).toBeGreaterThan(590)
    expect(window?.seconds).toBeLessThanOrEqual(600)
  }))
