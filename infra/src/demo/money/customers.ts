import { createHash, randomUUID } from 'node:crypto'
import { openAccount } from '@droplock/core/accounts/administer'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService, type Context, type StaffContext } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/administer'
import { scopes } from '@droplock/rules/accounts'
import type { Role } from '@droplock/rules/staff'
import { type Reseller, resellerAt } from './reseller.ts'

/** An account, and its view of the gateway. */
export type Customer = { readonly accountId: string; readonly client: Reseller }

/** Opens an account with an empty balance, in dollars. */
export async function addCustomer(ctx: Context, gatewayUrl: string, name: string): Promise<Customer> {
  const apiKey = `dlk_test_${randomUUID()}`
  const accountId = await openAccount(asService(ctx), { name, currency: 'USD' })
  const keySha256 = createHash('sha256').update(apiKey).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'demo', scopes, keySha256 })
  return { accountId, client: resellerAt(gatewayUrl, apiKey) }
}

/** A person of the staff, as who acts. Nobody signs in with it. */
export async function addPerson(ctx: Context, name: string, role: Role): Promise<StaffContext> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@demo.example`
  const staffId = await addStaff(asService(ctx), { email, name, roles: [role], passwordHash: 'none' })
  const actor = { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles: [role] } as const
  return { ...ctx, actor }
}
