import type { ContactRole } from '@droplock/rules/contacts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createContact } from '../../src/account-contacts/administer.ts'
import { findMissingContacts } from '../../src/account-contacts/find-missing.ts'
import { notifyMissingContacts } from '../../src/account-contacts/notify-missing.ts'
import type { NamedContacts } from '../../src/account-contacts/of-orders.ts'
import { requestHandlesOfOrders } from '../../src/account-contacts/request-handles.ts'
import { followAlarms } from '../../src/alarms/raise.ts'
import { payHold } from '../../src/backorders/pay-hold.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { recordContactResult } from '../../src/contacts/record-result.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { claimDueRequest } from '../../src/registry-requests/claim-due.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { dropAll } from '../support/drop.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  openAlarms,
  REGISTRY_ACCOUNT,
  zone,
} from '../support/world.ts'

type World = { readonly ctx: Context; readonly buyer: AccountContext }

/** A zone whose registry keeps these contacts, with names that drop in two days. */
function given(contactRoles: readonly ContactRole[], run: (world: World) => Promise<void>): Promise<void> {
  return rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx, [zone({ contactRoles })])
    await givenListings(ctx, {
      names: ['one.test', 'two.test', 'three.test'],
      purgeAt: new Date(Date.now() + 2 * 86_400_000),
    })
    await run({ ctx, buyer: await givenAccount(ctx) })
  })
}

async function givenContact(buyer: AccountContext, name: string): Promise<string> {
  const address = { street: ['1 Main Street'], city: 'London', country: 'GB' }
  const details = { postal: [{ type: 'int', name, ...address }], email: 'names@example.com' } as const
  return (await createContact(buyer, { details, isDefault: false })).id
}

/** Orders the name, and has what it names requested at the registry. */
async function order({ ctx, buyer }: World, name: string, named: NamedContacts): Promise<string> {
  const { id } = await placeBackorder(buyer, { name, payment: 'balance', ...named })
  while ((await requestHandlesOfOrders(ctx)) > 0);
  return id
}

/** What the registry answers to the contact that was requested first. */
async function answer(ctx: Context, outcome: 'created' | 'failed'): Promise<void> {
  const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
  if (due?.kind !== 'contact_create') throw new Error('no contact is requested')
  const { id: requestId, contactId, handle } = due
  const common = { requestId, contactId, registryAccountId: REGISTRY_ACCOUNT, svTRID: 'SV-1' }
  await recordContactResult(
    ctx,
    outcome === 'created'
      ? { ...common, code: 1000, outcome, handle }
      : { ...common, code: 2306, outcome, message: 'Not a contact' },
  )
}

async function alarms(ctx: Context): Promise<readonly string[]> {
  await followAlarms(ctx, 'contact_missing', await findMissingContacts(ctx))
  return openAlarms(ctx)
}

async function notices(ctx: Context) {
  for (const state of ['failed', 'pending'] as const) while ((await notifyMissingContacts(ctx, state)) > 0);
  const { rows } = await sql<{ notice: { subject: string; refused?: unknown; pending?: unknown } }>`
    select jsonb_strip_nulls(jsonb_build_object('subject', subject_id, 'refused', data -> 'refused_contact', 'pending', data -> 'pending_contact'))
      as notice
    from event where topic in ('backorder.contact_refused', 'backorder.contact_pending') order by occurred_at, id`.execute(
    ctx.db,
  )
  return rows.map(({ notice }) => notice)
}

const closeIn = (ctx: Context, minutes: number) =>
  sql`update listing set cutoff_at = clock_timestamp() + make_interval(mins => ${minutes}::integer)`.execute(
    ctx.db,
  )

/** As if what is requested had been so many minutes ago. */
const requestedAgo = (ctx: Context, minutes: number) =>
  sql`update registry_request set created_at = clock_timestamp() - make_interval(mins => ${minutes}::integer)`.execute(
    ctx.db,
  )

const idOf = async (ctx: Context, name: string) => {
  const row = ctx.db.selectFrom('listing').select('id').where('name', '=', name)
  return (await row.executeTakeFirstOrThrow()).id
}

test('a contact that is not made for minutes is an alarm as the cut-off comes near, until it is made, and its holder is notified once', () =>
  given(['registrant', 'tech'], async (world) => {
    const { ctx, buyer } = world
    const contactId = await givenContact(buyer, 'Rita')
    const one = await order(world, 'one.test', { contactId })
    await closeIn(ctx, 359)
    expect(await alarms(ctx)).toEqual([])
    await requestedAgo(ctx, 6)
    await closeIn(ctx, 361)
    expect(await alarms(ctx)).toEqual([])
    expect(await notices(ctx)).toEqual([])
    await closeIn(ctx, 359)
    const pending = { contact_id: contactId, version: 1, roles: ['registrant', 'tech'] }
    expect(await notices(ctx)).toEqual([{ subject: one, pending }])
    expect(await findMissingContacts(ctx)).toMatchObject([
      {
        subject: await idOf(ctx, 'one.test'),
        facts: { name: 'one.test', pending: ['registrant', 'tech'] },
      },
    ])
    expect(await alarms(ctx)).toEqual([`contact_missing ${await idOf(ctx, 'one.test')}`])
    await answer(ctx, 'created')
    expect(await alarms(ctx)).toEqual([])
    expect(await notices(ctx)).toHaveLength(1)
  }))

test('a contact that the registry refuses is an alarm at once, until the drop is over, and each holder is notified once', () =>
  given(['registrant', 'tech'], async (world) => {
    const { ctx, buyer } = world
    const [contactId, tech] = [await givenContact(buyer, 'Rita'), await givenContact(buyer, 'Toni')]
    const one = await order(world, 'one.test', { contactId, roleContacts: { tech } })
    await answer(ctx, 'failed')
    await answer(ctx, 'created')
    const refused = { version: 1, answer_code: 2306, answer_message: 'Not a contact' }
    const [first] = await notices(ctx)
    expect(first).toMatchObject({ subject: one, refused })
    const roles = (await getBackorder(buyer, one)).contacts
      ?.filter(({ state }) => state === 'refused')
      .map(({ role }) => role)
    expect(roles).toHaveLength(1)
    expect(first?.refused).toMatchObject({ roles, contact_id: roles?.[0] === 'tech' ? tech : contactId })
    expect(await findMissingContacts(ctx)).toMatchObject([
      { facts: { name: 'one.test', refused: roles, answer: '2306 Not a contact' } },
    ])
    expect(await notices(ctx)).toHaveLength(1)

    // Ordered after the registry had refused it: nothing is requested again.
    const named = roles?.[0] === 'tech' ? tech : contactId
    const two = await order(world, 'two.test', { contactId: named })
    expect((await notices(ctx)).slice(1)).toEqual([
      { subject: two, refused: { ...refused, contact_id: named, roles: ['registrant', 'tech'] } },
    ])
    expect(await alarms(ctx)).toHaveLength(2)
    await closeIn(ctx, -1)
    await dropAll(ctx, 'lost')
    expect(await alarms(ctx)).toEqual([])
  }))

test('a contact of a role that the registry does not keep is neither an alarm nor an event, whatever became of it', () =>
  given(['registrant'], async (world) => {
    const { ctx, buyer } = world
    const [contactId, tech] = [await givenContact(buyer, 'Rita'), await givenContact(buyer, 'Toni')]
    const id = await order(world, 'one.test', { contactId, roleContacts: { tech } })
    await sql`update registry_contact set state = 'failed', answer_message = 'no', decided_at = clock_timestamp()
      where contact_id = (select tech_id from backorder)`.execute(ctx.db)
    await requestedAgo(ctx, 6)
    await closeIn(ctx, 5)
    expect(await findMissingContacts(ctx)).toMatchObject([{ facts: { pending: ['registrant'] } }])
    expect(await notices(ctx)).toMatchObject([{ pending: { roles: ['registrant'] } }])
    expect((await getBackorder(buyer, id)).contacts).toMatchObject([
      { role: 'registrant', contactId, version: 1, state: 'pending' },
      { role: 'tech', contactId: tech, state: 'not_needed' },
    ])
  }))

test('an order is a cause once it is paid; one without contacts is none', () =>
  given(['registrant'], async (world) => {
    const { ctx, buyer } = world
    const contactId = await givenContact(buyer, 'Rita')
    await order(world, 'one.test', { contactId })
    await answer(ctx, 'failed')
    await order(world, 'three.test', {})
    const held = await placeBackorder(buyer, { name: 'two.test', payment: 'card', contactId })
    expect(await alarms(ctx)).toEqual([`contact_missing ${await idOf(ctx, 'one.test')}`])
    expect(await notices(ctx)).toHaveLength(1)
    await payHold(buyer, held.id)
    expect(await alarms(ctx)).toHaveLength(2)
    expect((await notices(ctx)).map(({ subject }) => subject)).toContain(held.id)
  }))

test('workers that notify at once notify each holder once', async () => {
  const clone = await cloneDatabase({ connectionsMax: 6 })
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx, [zone({ contactRoles: ['registrant'] })])
    const names = Array.from({ length: 12 }, (_, index) => `many-${index}.test`)
    await givenListings(ctx, { names })
    const buyer = await givenAccount(ctx)
    const contactId = await givenContact(buyer, 'Rita')
    for (const name of names) await order({ ctx, buyer }, name, { contactId })
    await answer(ctx, 'failed')
    await Promise.all(Array.from({ length: 6 }, () => notifyMissingContacts(ctx, 'failed')))
    expect(new Set((await notices(ctx)).map(({ subject }) => subject)).size).toBe(names.length)
    expect(await notices(ctx)).toHaveLength(names.length)
  } finally {
    await clone.drop()
  }
})
