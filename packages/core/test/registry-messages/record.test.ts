import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { acquireLease } from '../../src/leases.ts'
import {
  cancelMaintenance,
  findDropsInMaintenance,
  listMaintenances,
  noteMaintenance,
} from '../../src/maintenances.ts'
import { listRegistryMessages } from '../../src/registry-messages/read.ts'
import { recordMessage } from '../../src/registry-messages/record.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { listUndecidedTargets } from '../../src/targets/read.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import {
  contextOf,
  givenRegistry,
  OUR_ACCOUNT,
  openAlarms,
  REGISTRY,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

function message(changes: Partial<PollMessage> = {}): PollMessage {
  return {
    id: '7',
    queuedAt: new Date(),
    text: 'A text.',
    unhandled: [],
    evidence: '<epp/>',
    ...changes,
  }
}

const record = (ctx: Context, changes: Partial<PollMessage>) =>
  recordMessage(ctx, OUR_ACCOUNT, message(changes))

test.each([
  ['registry_balance_low', { notice: { kind: 'balance_low', available: '80' } }],
  ['registry_balance_low', { text: 'Your account balance is below the threshold of 1000 USD' }],
  ['registry_maintenance', { text: 'Planned maintenance on Sunday' }],
  ['registry_change', { notice: { kind: 'change', operation: 'update', by: 'URS Admin' } }],
  ['registry_notice', { text: 'Your password will expire in 14 days.' }],
  [
    'registry_transfer',
    {
      transfer: {
        object: 'domain',
        name: 'ours.test',
        status: 'pending',
        requestedBy: 'them',
        actedBy: 'droplock',
      },
    },
  ],
] as const)('a message raises %s, once however often it is read: %j', (kind, changes) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    expect(await record(ctx, changes)).toMatchObject({ isNew: true })
    expect(await openAlarms(ctx)).toEqual([expect.stringMatching(`^${kind} ${REGISTRY_ACCOUNT}( 7 .*)?$`)])
    await sql`update alarm set closed_at = clock_timestamp()`.execute(tx)
    expect(await record(ctx, { ...changes, queuedAt: (await firstQueued(ctx)) ?? new Date() })).toMatchObject(
      {
        isNew: false,
      },
    )
    expect(await openAlarms(ctx)).toEqual([])
  }),
)

async function firstQueued(ctx: Context): Promise<Date | null> {
  const { queued_at } = await ctx.db
    .selectFrom('registry_message')
    .select('queued_at')
    .executeTakeFirstOrThrow()
  return queued_at
}

test('of two transfers each is an alarm that is notified; a low balance is one alarm, whatever number of messages say so', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const transfer = {
      object: 'domain',
      status: 'pending',
      requestedBy: 'them',
      actedBy: 'droplock',
    } as const
    await record(ctx, { id: '7', transfer: { ...transfer, name: 'a.test' } })
    await record(ctx, { id: '8', transfer: { ...transfer, name: 'b.test' } })
    for (const id of ['9', '10']) await record(ctx, { id, notice: { kind: 'balance_low' } })
    const opened = await tx.selectFrom('alarm').select(['kind', 'facts']).orderBy('raised_at').execute()
    expect(opened).toMatchObject([
      { kind: 'registry_transfer', facts: { name: 'a.test', account: REGISTRY_ACCOUNT } },
      { kind: 'registry_transfer', facts: { name: 'b.test' } },
      { kind: 'registry_balance_low', facts: { messageId: '10' } },
    ])
    const events = await tx.selectFrom('event').select('id').where('topic', '=', 'alarm.opened').execute()
    expect(events).toHaveLength(opened.length)
  }))

test('a message of no known kind is kept and shown, and is no alarm', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await record(ctx, { text: 'Season’s greetings' })
    expect(await openAlarms(ctx)).toEqual([])
    const { items } = await listRegistryMessages(asService(ctx), { offset: 0, limit: 10 })
    expect(items).toMatchObject([{ kind: 'other', text: 'Season’s greetings', evidence: '<epp/>' }])
  }))

test('what a message says of an application comes to the catcher of its account, also to a successor', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
    await beginFiring(ctx, [target?.id ?? ''], lease)
    const awarded = async () =>
      (await listUndecidedTargets(ctx, OUR_ACCOUNT, new Date('9000-01-01')))[0]?.awarded
    expect(await awarded()).toBeNull()
    const pendingAction = { object: 'domain', name: 'wanted.test', done: false, svTRID: 's' } as const
    // About an earlier drop of the name.
    await record(ctx, {
      id: '6',
      queuedAt: new Date('2020-01-01'),
      pendingAction: { ...pendingAction, done: true },
    })
    expect(await awarded()).toBeNull()
    await record(ctx, { pendingAction })
    expect(await awarded()).toBe(false)
  }))

test('an award is an alarm where no try waits for it and the name is not ours, and none where it is expected', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [target] = await givenArmedTargets(ctx)
    const lease = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
    await beginFiring(ctx, [target?.id ?? ''], lease)
    const award = { object: 'domain', name: 'wanted.test', done: true, svTRID: 's' } as const
    await record(ctx, { id: '6', pendingAction: award })
    await recordOutcome(ctx, outcomeOf(target?.id ?? '', target?.listing_id ?? '', 'registered'))
    await record(ctx, { id: '7', pendingAction: award })
    await record(ctx, { id: '8', pendingAction: { ...award, name: 'others.test', done: false } })
    expect(await openAlarms(ctx)).toEqual([])
    await record(ctx, { id: '9', pendingAction: { ...award, name: 'forgotten.test' } })
    expect(await tx.selectFrom('alarm').select(['kind', 'facts']).execute()).toMatchObject([
      { kind: 'registry_notice', facts: { name: 'forgotten.test', messageId: '9' } },
    ])
  }))

test('a maintenance of a message, or of operators, is an alarm while paid names drop in it, until it is called off', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenArmedTargets(ctx)
    const { drop_from } = await tx.selectFrom('listing').select('drop_from').executeTakeFirstOrThrow()
    const from = new Date(drop_from.getTime() - 60_000)
    const to = new Date(drop_from.getTime() + 60_000)
    const notice = { kind: 'maintenance', id: 'm-1', from, to, isCanceled: false, systems: ['EPP'] } as const
    await record(ctx, { notice })
    expect(await findDropsInMaintenance(ctx)).toMatchObject([
      { subject: REGISTRY, facts: { names: 1, from: from.toISOString() } },
    ])
    await record(ctx, { id: '8', notice: { ...notice, isCanceled: true } })
    expect(await findDropsInMaintenance(ctx)).toEqual([])
    const service = asService(ctx)
    const id = await noteMaintenance(service, {
      registryId: REGISTRY,
      startsAt: from,
      endsAt: to,
      reason: 'by mail',
    })
    expect(await findDropsInMaintenance(ctx)).toMatchObject([{ subject: REGISTRY }])
    await cancelMaintenance(service, { id, reason: 'they moved it' })
    expect(await findDropsInMaintenance(ctx)).toEqual([])
    expect((await listMaintenances(service, { offset: 0, limit: 10 })).items).toMatchObject([
      { canceledAt: expect.any(Date) },
      { canceledAt: expect.any(Date) },
    ])
  }))
