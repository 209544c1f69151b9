import type { ContactRole } from '@droplock/rules/contacts'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { expect, test } from 'vitest'
import {
  getDefaultContacts,
  handlesInForce,
  readDefaultContacts,
  setDefaultContacts,
} from '../../src/contacts/defaults.ts'
import { recordContactResult } from '../../src/contacts/record-result.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { findComingZones } from '../../src/registries/read.ts'
import { claimDueRequest, type DueContact } from '../../src/registry-requests/claim-due.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  contextOf,
  givenListings,
  givenRegistry,
  givenStaff,
  REGISTRY,
  REGISTRY_ACCOUNT,
  withdrawAll,
  zone,
} from '../support/world.ts'

const DAY_MS = 86_400_000

function contact(name: string, email = 'names@example.com'): ContactDetails {
  return {
    postal: [{ type: 'int', name, street: ['1 Main Street'], city: 'London', country: 'GB' }],
    voice: '+44.2071234567',
    email,
  }
}

type World = { readonly ctx: Context; readonly operator: StaffContext }

function given(run: (world: World) => Promise<void>): Promise<void> {
  return rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    await run({ ctx, operator: await givenStaff(ctx, 'operator') })
  })
}

function set(ctx: StaffContext, name: string, more: Partial<Record<ContactRole, ContactDetails>> = {}) {
  const contacts = { registrant: contact(name), ...more }
  return setDefaultContacts(ctx, { registryAccountId: REGISTRY_ACCOUNT, contacts, reason: 'a test' })
}

async function take(ctx: Context): Promise<DueContact> {
  const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
  if (due?.kind !== 'contact_create') throw new Error('no contact is asked for')
  return due
}

/** Carries out the due request. Returns the contact's id at the registry. */
async function carryOut(ctx: Context, result: 'created' | 'failed' = 'created'): Promise<string> {
  const { id: requestId, contactId, handle } = await take(ctx)
  const common = { requestId, contactId, registryAccountId: REGISTRY_ACCOUNT, svTRID: 'SV-1' }
  const settled =
    result === 'created'
      ? await recordContactResult(ctx, { ...common, outcome: result, code: 1000, handle })
      : await recordContactResult(ctx, { ...common, outcome: result, code: 2005, message: 'no such country' })
  expect(settled).toBe(true)
  return handle
}

const setRegistrant = async (world: World, name: string, result?: 'created' | 'failed') => {
  await set(world.operator, name)
  return carryOut(world.ctx, result)
}

test('each default contact is requested once; a role that is left out has the registrant’s', () =>
  given(async ({ ctx, operator }) => {
    expect(await getDefaultContacts(operator, REGISTRY_ACCOUNT)).toEqual([])
    await set(operator, 'Rita', { tech: contact('Toni') })
    const [rita, toni] = [await carryOut(ctx), await carryOut(ctx)]
    expect(await claimDueRequest(ctx, REGISTRY_ACCOUNT)).toBeUndefined()
    const handles = { registrant: rita, admin: rita, tech: toni, billing: rita }
    expect(handlesInForce(await readDefaultContacts(ctx, REGISTRY_ACCOUNT))).toEqual(handles)
    const defaults = await getDefaultContacts(operator, REGISTRY_ACCOUNT)
    expect(Object.fromEntries(defaults.map(({ role, handle }) => [role, handle]))).toEqual(handles)
    expect(defaults.find(({ role }) => role === 'tech')).toMatchObject({
      state: 'created',
      details: contact('Toni'),
    })
  }))

test('a contact that replaces another is in force as soon as it exists at the registry, and never if it is refused', () =>
  given(async (world) => {
    const { ctx, operator } = world
    const inForce = async () => handlesInForce(await readDefaultContacts(ctx, REGISTRY_ACCOUNT)).registrant
    await set(operator, 'Rita')
    expect(await inForce()).toBeUndefined()
    const first = await carryOut(ctx)
    expect(await inForce()).toBe(first)
    await set(operator, 'Toni')
    expect(await inForce()).toBe(first)
    await carryOut(ctx, 'failed')
    expect(await inForce()).toBe(first)
    const [refused] = await getDefaultContacts(operator, REGISTRY_ACCOUNT)
    expect(refused).toMatchObject({ state: 'failed', answerCode: 2005, answerMessage: 'no such country' })
    expect(await inForce()).toBe(first)
    const third = await setRegistrant(world, 'Uma')
    expect(await inForce()).toBe(third)
  }))

test('the result of a contact is recorded once', () =>
  given(async ({ ctx, operator }) => {
    await set(operator, 'Rita')
    const { id: requestId, contactId, handle } = await take(ctx)
    const common = { requestId, contactId, registryAccountId: REGISTRY_ACCOUNT, svTRID: null }
    await recordContactResult(ctx, { ...common, outcome: 'created', code: 1000, handle })
    expect(await recordContactResult(ctx, { ...common, outcome: 'failed', code: 2005, message: 'no' })).toBe(
      false,
    )
    expect(await getDefaultContacts(operator, REGISTRY_ACCOUNT)).toMatchObject(
      Array.from({ length: 4 }, () => ({ state: 'created', answerMessage: null })),
    )
  }))

test('setting default contacts is audited with their ids at the registry, without personal data', () =>
  given(async (world) => {
    const first = await setRegistrant(world, 'Rita')
    const second = await setRegistrant(world, 'Toni')
    const entries = await world.ctx.db
      .selectFrom('audit_entry')
      .select(['actor_name', 'action', 'subject_id', 'reason', 'before', 'after'])
      .where('action', '=', 'registry_account.contacts_set')
      .orderBy('seq')
      .execute()
    expect(entries).toMatchObject([
      { before: {}, after: { registrant: first } },
      {
        actor_name: world.operator.actor.email,
        subject_id: REGISTRY_ACCOUNT,
        reason: 'a test',
        before: { registrant: first, billing: first },
        after: { registrant: second, billing: second },
      },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/Rita|Toni|London/)
  }))

test('where a contact is invalid nothing is written', () =>
  given(async ({ ctx, operator }) => {
    const viewer = await givenStaff(ctx, 'viewer')
    const contacts = { registrant: contact('Rita') }
    const command = { registryAccountId: REGISTRY_ACCOUNT, contacts, reason: 'a test' }
    const refused = async (by: StaffContext, changes: Partial<typeof command>, code: string) =>
      expect(setDefaultContacts(by, { ...command, ...changes })).rejects.toMatchObject({ code })
    await refused(viewer, {}, 'forbidden')
    await refused(operator, { reason: ' ' }, 'reason_required')
    await refused(operator, { contacts: { registrant: contact('Rita', 'nobody') } }, 'invalid_contact')
    await refused(operator, { registryAccountId: 'nowhere' }, 'registry_account_not_found')
    for (const table of ['contact', 'registry_contact', 'registry_request'] as const)
      expect(await ctx.db.selectFrom(table).selectAll().execute()).toEqual([])
    await expect(getDefaultContacts(operator, 'nowhere')).rejects.toMatchObject({
      code: 'registry_account_not_found',
    })
  }))

test('the zones with names that drop soon are found, with what their creates need, and no others', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const thick = zone({ name: 'thick', contactRoles: ['registrant', 'tech'], mayHavePremium: false })
    await givenRegistry(ctx, [
      thick,
      zone({ name: 'later' }),
      zone({ name: 'over' }),
      zone({ name: 'empty' }),
    ])
    const [soon, later] = [new Date(Date.now() + 4 * DAY_MS), new Date(Date.now() + 6 * DAY_MS)]
    await givenListings(ctx, { names: ['a.thick', 'b.thick'], zone: 'thick', purgeAt: soon })
    await givenListings(ctx, { names: ['a.later'], zone: 'later', purgeAt: later })
    await givenListings(ctx, { names: ['a.over'], zone: 'over', purgeAt: soon })
    await withdrawAll(ctx, 'over')
    expect(await findComingZones(ctx, REGISTRY, 5 * DAY_MS)).toEqual([
      { zone: 'thick', firstDropAt: soon, mayHavePremium: false, contactRoles: ['registrant', 'tech'] },
    ])
  }))
