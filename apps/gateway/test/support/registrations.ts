import type { Context } from '@droplock/core/context'
import { recordConfirmation } from '@droplock/core/registrations/confirm'
import { type ChangeSettlement, settleChange } from '@droplock/core/registrations/settle-request'
import { claimDueRequest } from '@droplock/core/registry-requests/claim-due'
import { RegistrationPage } from '../../src/resources/registration-views.ts'
import type { Send } from './app.ts'
import { givenCaught } from './renewals.ts'
import { type Customer, givenCustomer, registryAccountId, type World } from './world.ts'

type Registered = Customer & { readonly id: string; readonly path: string; readonly backorder: string }

/** A registration of a new customer's, its id and path, and the path of its backorder. */
export async function givenRegistration(world: World, name: string): Promise<Registered> {
  const customer = await givenCustomer(world.ctx)
  const backorder = await givenCaught(world, name, customer.key)
  const id = await findRegistration(world.send, name, customer.key)
  return { ...customer, id, path: `/v1/registrations/${id}`, backorder }
}

export async function findRegistration(send: Send, name: string, key: string): Promise<string> {
  const response = await send({ path: `/v1/registrations?name=${name}`, key })
  const { items } = RegistrationPage.parse(await response.json())
  const [found] = items
  if (found === undefined) throw new Error(`${name} is not registered`)
  return found.id
}

/** What a registry shows of a name. */
export const shown = {
  statuses: ['ok'],
  rgpStatuses: [],
  nameServers: [{ name: 'ns1.example.net' }, { name: 'ns2.example.net' }],
  contacts: { registrant: 'DL1', tech: 'DL2' },
} as const

/** The registry confirms a registration, or does not know it any more. */
export async function confirm(ctx: Context, id: string, kind: 'held' | 'not_held' = 'held'): Promise<void> {
  const { name, cr_date: crDate } = await ctx.db
    .selectFrom('registration')
    .select(['name', 'cr_date'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { contacts, ...rest } = shown
  const info = {
    ...rest,
    name,
    roid: 'D1-TEST',
    clID: 'droplock',
    registrant: contacts.registrant,
    contacts: [{ type: 'tech', id: contacts.tech }],
  } as const
  const due = { id, name, crDate, asOf: new Date() }
  await recordConfirmation(ctx, due, kind === 'held' ? { kind, info } : { kind })
}

type Result = 'succeeded' | 'refused'

/** Carries out the due changes, as the catcher does. `secretId`: which secret an auth code is derived with. */
export async function carryOutChanges(ctx: Context, result: Result, secretId?: string): Promise<void> {
  for (;;) {
    const due = await claimDueRequest(ctx, registryAccountId)
    if (due?.kind !== 'registration_change') return
    const { id: requestId, changeId, registrationId } = due
    const common = { requestId, changeId, registrationId, svTRID: null }
    const settlement: ChangeSettlement =
      result === 'refused'
        ? { ...common, outcome: 'failed', reason: 'refused', code: 2306, message: 'Not here' }
        : {
            ...common,
            code: 1000,
            outcome: 'succeeded',
            confirmed: shown,
            ...(due.change === 'auth_code' && secretId !== undefined && { secretId }),
          }
    await settleChange(ctx, settlement)
  }
}
