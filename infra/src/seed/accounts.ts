import { createHash, randomUUID } from 'node:crypto'
import { openAccount, setRateLimits } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService, type Context, type StaffContext } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/administer'
import { hashPassword } from '@droplock/passwords/passwords'
import { scopes } from '@droplock/rules/accounts'
import type { Role } from '@droplock/rules/staff'

type NewReseller = {
  readonly name: string
  readonly currency: string
  /** Minor units; an empty balance unless given. */
  readonly balanceMinor?: bigint
  /** A fresh one unless given. */
  readonly apiKey?: string
}

/** How the database knows a key. */
export const keyHash = (apiKey: string): Buffer => createHash('sha256').update(apiKey).digest()

/** Load tests send all of their requests with the keys of a few resellers. */
const unlimited = { readsPerMinute: 1_000_000, claimsPerMinute: 1_000_000 }

/** Adds a reseller with a key for everything, and money on the balance. */
export async function addReseller(
  ctx: Context,
  { name, currency, balanceMinor = 0n, apiKey = `dlk_test_${randomUUID()}` }: NewReseller,
): Promise<{ readonly accountId: string; readonly apiKey: string }> {
  const accountId = await openAccount(asService(ctx), { name, currency })
  await setRateLimits(asService(ctx), { accountId, ...unlimited, reason: 'a demo and load tests' })
  await issueApiKey(asService(ctx), { accountId, label: 'demo', scopes, keySha256: keyHash(apiKey) })
  if (balanceMinor > 0n) await topUp(ctx, { accountId, amountMinor: balanceMinor, receiptId: ctx.newId() })
  return { accountId, apiKey }
}

type NewPerson = {
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** Without one the person cannot sign in. */
  readonly password?: string
}

/** Adds a person of the staff, and returns the context in which that person acts. */
export async function addPerson(ctx: Context, person: NewPerson): Promise<StaffContext> {
  const { name, email, roles, password } = person
  const passwordHash = password === undefined ? 'none' : await hashPassword(password)
  const staffId = await addStaff(asService(ctx), { email, name, roles, passwordHash })
  return {
    ...ctx,
    actor: { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles, standing: 'proven' },
  }
}

/** Test cards of the sandbox provider; see `packages/payments/src/processor/cards.ts`. */
export const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  late: '4000000000001000',
  refundFailsLater: '4000000000005126',
} as const
