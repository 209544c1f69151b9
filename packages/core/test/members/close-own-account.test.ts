import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createContact } from '../../src/account-contacts/administer.ts'
import { switchAccount } from '../../src/accounts/administer.ts'
import { closeAccount } from '../../src/accounts/close.ts'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { issueApiKey } from '../../src/api-keys.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { type AccountContext, asService, type Context } from '../../src/context.ts'
import { closeOwnAccount } from '../../src/members/close-own-account.ts'
import type { MemberContext } from '../../src/members/context.ts'
import { prune } from '../../src/retention/prune.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { watchName } from '../../src/watches.ts'
import { ago } from '../retention/support.ts'
import { dropAll } from '../support/drop.ts'
import { givenMember } from '../support/members.ts'
import { givenReceiver } from '../support/receivers.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
  zone,
} from '../support/world.ts'

const details = (name: string): ContactDetails => ({
  postal: [{ type: 'int', name, street: ['1 Main Street'], city: 'London', country: 'GB' }],
  email: 'names@example.com',
})

type World = { readonly ctx: Context; readonly buyer: AccountContext; readonly owner: MemberContext }

/** An account with people that has spent its balance on one name, which was registered to the contact Rita. */
async function given(ctx: Context): Promise<World> {
  await givenRegistry(ctx, [zone({ contactRoles: ['registrant'] })])
  await givenListings(ctx, { names: ['mine.test'] })
  const buyer = await givenAccount(ctx, { balanceMinor: PRICE_MINOR })
  const { accountId } = buyer.actor
  const owner = await givenMember(ctx, accountId)
  await givenMember(ctx, accountId, { role: 'viewer' })
  const { id } = await createContact(buyer, { details: details('Rita'), isDefault: false })
  await createContact(buyer, { details: details('Toni'), isDefault: true })
  await placeBackorder(buyer, { name: 'mine.test', payment: 'balance', contactId: id })
  await givenReceiver(ctx, { accountId })
  await watchName(buyer, 'another.test')
  await issueApiKey(asService(ctx), {
    accountId,
    label: 'shop',
    scopes: ['listings:read'],
    keySha256: Buffer.from('k'),
  })
  await sql`insert into billing_profile (account_id, legal_name, address, country, email, updated_at)
    values (${accountId}, 'Anna', '1 Main Street', 'IE', 'anna@example.com', now())`.execute(ctx.db)
  return { ctx, buyer, owner }
}

async function leftOf({ ctx, buyer }: World) {
  const { accountId } = buyer.actor
  const { rows } = await sql<{ what: string }>`
    select 'key' as what from api_key where account_id = ${accountId} and revoked_at is null
    union all select 'endpoint' from event_receiver where account_id = ${accountId} and disabled_at is null
    union all select 'watch ' || name from watch where account_id = ${accountId}
    union all select 'contact ' || (details->'postal'->0->>'name') from contact where account_id = ${accountId} and details is not null
    union all select 'profile' from billing_profile where account_id = ${accountId}
    union all select 'person ' || name from member where account_id = ${accountId} or name = 'Anna'
    union all select 'order' from backorder where account_id = ${accountId}
    union all select 'name' from registration where account_id = ${accountId} order by 1`.execute(ctx.db)
  return rows.map(({ what }) => what)
}

test('an account that is closed by its owner keeps its orders, and the contact of a registered name; all else is ended or erased', () =>
  rolledBack(async (tx) => {
    const world = await given(contextOf(tx))
    const { ctx, owner, buyer } = world
    await expect(closeOwnAccount(owner)).rejects.toMatchObject({ code: 'account_has_open_orders' })
    await dropAll(ctx, 'registered')
    await closeOwnAccount(owner)
    expect(await leftOf(world)).toEqual(['contact Rita', 'name', 'order'])
    const account = await tx
      .selectFrom('account')
      .selectAll()
      .where('id', '=', buyer.actor.accountId)
      .executeTakeFirstOrThrow()
    expect(account).toMatchObject({ name: 'Closed account', closed_by: 'its owner' })
    await expect(closeOwnAccount(owner)).rejects.toMatchObject({ code: 'unauthenticated' })
  }))

test('an account with a credit limit is closed by operators alone, who erase its people too', () =>
  rolledBack(async (tx) => {
    const world = await given(contextOf(tx))
    const { ctx, owner, buyer } = world
    const { accountId } = buyer.actor
    await dropAll(ctx, 'registered')
    const reason = 'a test'
    await setCreditLimit(await givenStaff(ctx, 'finance_approver'), { accountId, limitMinor: 1n, reason })
    await expect(closeOwnAccount(owner)).rejects.toMatchObject({ code: 'account_has_credit' })
    await switchAccount(asService(ctx), { accountId, enabled: false, reason })
    await closeAccount(asService(ctx), { accountId, reason })
    expect(await leftOf(world)).toEqual(['contact Rita', 'name', 'order'])
    const { name } = await tx
      .selectFrom('account')
      .select('name')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    expect(name).toBe('Closed account')
    const entries = await tx
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'account.closed')
      .execute()
    expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toContain('Anna')
  }))

test('the contact of a registered name is erased once the name has ended, and the account was closed, a week ago', () =>
  rolledBack(async (tx) => {
    const world = await given(contextOf(tx))
    const { ctx, owner } = world
    const erased = () => prune(ctx, 'closed_account_contact', 7)
    const closeBefore = (days: number) => sql`update account set closed_at = ${ago(days)}`.execute(tx)
    const endBefore = (days: number) =>
      sql`update registration set ended_at = ${ago(days)}, end_reason = 'not_held', confirm_after = null`.execute(
        tx,
      )
    await dropAll(ctx, 'registered')
    await closeOwnAccount(owner)
    await closeBefore(3_650)
    expect(await erased()).toBe(0)
    await endBefore(6)
    expect(await erased()).toBe(0)
    await endBefore(8)
    await closeBefore(6)
    expect(await erased()).toBe(0)
    await closeBefore(8)
    expect(await erased()).toBe(1)
    expect(await leftOf(world)).toEqual(['name', 'order'])
    expect(await erased()).toBe(0)
  }))

test('a person who owns nothing closes nothing', () =>
  rolledBack(async (tx) => {
    const { ctx, buyer } = await given(contextOf(tx))
    const viewer = await givenMember(ctx, buyer.actor.accountId, { role: 'viewer' })
    await expect(closeOwnAccount(viewer)).rejects.toMatchObject({ code: 'role_required' })
  }))
