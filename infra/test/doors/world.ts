import { createHash, randomBytes } from 'node:crypto'
import { setRateLimits } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import { issueApiKey } from '@droplock/core/api-keys'
import { actFor, asService, type Context } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/administer'
import { hashPassword } from '@droplock/passwords/passwords'
import { type Scope, scopes } from '@droplock/rules/accounts'
import { roles } from '@droplock/rules/staff'
import { csrfTokenOf, newToken, sha256 } from '../../../apps/console-api/src/http/session-cookies.ts'
import { givenRequests } from '../../../apps/console-api/test/support/requests.ts'
import { carryOut, quoteAndOrder } from '../../../packages/core/test/support/renewals.ts'
import { givenAccount, givenListings, REGISTRY, ZONE } from '../../../packages/core/test/support/world.ts'
import type { Known } from './schema-values.ts'

/** Names that are free at first, so that orders have something to win. */
const freeNames = Array.from({ length: 300 }, (_, index) => `n${index}.test`)

/** Ids of each kind that requests are made of. */
const idsOfKindMax = 12

export const password = 'a long enough password'

/** Whom the servers know. */
export type People = {
  /** API keys: of an account with money, of another, and of one that may hardly do anything. */
  readonly keys: { readonly rich: string; readonly other: string; readonly narrow: string }
  /** The id of a person of each role. */
  readonly staff: Readonly<Record<string, string>>
}

/** A person's session at the operators' API. */
export type Session = { readonly cookie: string; readonly csrfToken: string }

/** A session as signing in opens it, but not by signing in: generated attempts are counted there, and would keep us out. */
export async function openSession(ctx: Context, staffId: string): Promise<Session> {
  const token = newToken()
  const csrfToken = csrfTokenOf(token)
  const now = new Date()
  const end = new Date(now.getTime() + 3_600_000)
  await ctx.db
    .insertInto('staff_session')
    .values({
      id: ctx.newId(),
      staff_id: staffId,
      token_sha256: sha256(token),
      csrf_sha256: sha256(csrfToken),
      created_at: now,
      seen_at: now,
      idle_expires_at: end,
      expires_at: end,
    })
    .execute()
  return { cookie: `droplock_session=${token}`, csrfToken }
}

async function unreachable(): Promise<never> {
  throw new Error('nothing is asked while the world is made')
}

/** Fills a database with something of every kind. */
export async function fillWorld(ctx: Context): Promise<People> {
  await givenRequests({ ctx, url: '', send: unreachable, logged: () => [], follow: unreachable })
  await givenListings(ctx, { names: freeNames })
  await raiseAlarms(ctx, [{ kind: 'list_late', subject: 'a-feed' }])
  const { accountId: richId, id: caughtId } = await ctx.db
    .selectFrom('backorder')
    .select(['id', 'account_id as accountId'])
    .executeTakeFirstOrThrow()
  await topUp(ctx, { accountId: richId, amountMinor: 100_000_000n, receiptId: ctx.newId() })
  const rich = { kind: 'account', accountId: richId, keyId: ctx.newId(), scopes, currency: 'USD' } as const
  for (const result of ['renewed', 'refused'] as const) {
    await quoteAndOrder(actFor(ctx, rich), caughtId)
    await carryOut(ctx, result)
  }
  const { actor: other } = await givenAccount(ctx, { currency: 'EUR' })
  const limits = { readsPerMinute: 1_000_000, claimsPerMinute: 1_000_000, reason: 'as many as there are' }
  for (const accountId of [richId, other.accountId])
    await setRateLimits(asService(ctx), { accountId, ...limits })
  const passwordHash = await hashPassword(password)
  const staff: Record<string, string> = {}
  for (const role of roles) {
    staff[role] = await addStaff(asService(ctx), {
      email: `${role}@doors.test`,
      name: role,
      roles: [role],
      passwordHash,
    })
  }
  await addStaff(asService(ctx), {
    email: 'victim@doors.test',
    name: 'victim',
    roles: ['viewer'],
    passwordHash,
  })
  const keys = {
    rich: await givenKey(ctx, richId, scopes),
    other: await givenKey(ctx, other.accountId, scopes),
    narrow: await givenKey(ctx, other.accountId, ['listings:read']),
  }
  return { keys, staff }
}

export async function givenKey(ctx: Context, accountId: string, granted: readonly Scope[]): Promise<string> {
  const key = `dlk_test_${randomBytes(32).toString('base64url')}`
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'doors', scopes: granted, keySha256 })
  return key
}

const tables = {
  listings: 'listing',
  backorders: 'backorder',
  payments: 'payment',
  refunds: 'refund',
  accounts: 'account',
  invoices: 'invoice',
  registrations: 'registration',
  'registration-requests': 'registration_request',
  contacts: 'account_contact',
  'sub-accounts': 'sub_account',
  'bulk-orders': 'bulk_order',
  renewals: 'renewal',
  alarms: 'alarm',
  'finance-tasks': 'finance_task',
  'bank-transfers': 'bank_transfer',
  'sync-runs': 'sync_run',
  items: 'reconciliation_item',
} as const

/** What is there now, for requests that mean something. */
export async function readKnown(ctx: Context): Promise<Known> {
  const ids: Record<string, readonly string[]> = {}
  for (const [resource, table] of Object.entries(tables)) {
    const rows = await ctx.db
      .selectFrom(table)
      .select('id')
      .orderBy('id', 'desc')
      .limit(idsOfKindMax)
      .execute()
    ids[resource] = rows.map(({ id }) => id)
  }
  const names = ['wanted.test', 'another.test', 'never-listed.test', 'münchen.test', ...freeNames]
  const values = {
    name: names,
    account_id: ids['accounts'] ?? [],
    payment_id: ids['payments'] ?? [],
    backorder_id: ids['backorders'] ?? [],
    registration_id: ids['registrations'] ?? [],
    contact_id: ids['contacts'] ?? [],
    renewal_id: ids['renewals'] ?? [],
    cursor: [...(ids['listings'] ?? []), ...(ids['backorders'] ?? [])],
    registry_id: [REGISTRY],
    zone: [ZONE],
    bank_reference: Array.from({ length: 200 }, (_, index) => `RE ${index}/26`),
    currency: ['USD', 'EUR'],
    email: ['victim@doors.test', 'nobody@doors.test'],
    password: ['wrong', password],
    reason: ['the registry said so'],
    note: ['looked into', ' '],
    file_name: ['2026-12-01.txt', 'a.csv', 'list.gz'],
  }
  return { names, ids, values }
}
