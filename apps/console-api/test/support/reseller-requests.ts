import type { OperationId } from '@droplock/contracts/console/operations'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService, type Context } from '@droplock/core/context'
import { advanceAll, givenEvent, givenReceiver } from '../../../../packages/core/test/support/receivers.ts'
import type { Ask } from './app.ts'

/** What is asked of a reseller's account, its keys and its webhook endpoint. */
export async function resellerRequests(ctx: Context, accountId: string) {
  const reason = 'agreed with the customer'
  const account = `/api/accounts/${accountId}`
  const keySha256 = Buffer.from(ctx.newId())
  const keyId = await issueApiKey(asService(ctx), { accountId, label: 'shop', scopes: [], keySha256 })
  const { endpointId, deliveryId } = await givenDelivery(ctx, accountId)
  const endpoint = `${account}/webhook-endpoints/${endpointId}`
  return {
    openAccount: post('/api/accounts', { name: 'Delta Domains', currency: 'EUR' }),
    renameAccount: post(`${account}/name`, { name: 'Another name', version: 1, reason }),
    suspendAccount: post(`${account}/suspend`, { reason }),
    resumeAccount: post(`${account}/resume`, { reason }),
    closeAccount: post(`${account}/close`, { reason }),
    setRateLimits: post(`${account}/rate-limits`, {
      reads_per_minute: 600,
      claims_per_minute: 300,
      version: 1,
      reason,
    }),
    setWatchLimit: post(`${account}/watch-limit`, { watches_max: 500, version: 1, reason }),
    listAccountKeys: { path: `${account}/api-keys` },
    issueAccountKey: post(`${account}/api-keys`, { label: 'shop', scopes: ['listings:read'] }),
    revokeAccountKey: post(`/api/api-keys/${keyId}/revoke`, { reason }),
    listAccountSubAccounts: { path: `${account}/sub-accounts` },
    listAccountContacts: { path: `${account}/contacts` },
    listAccountRegistrations: { path: `${account}/registrations` },
    listAccountEndpoints: { path: `${account}/webhook-endpoints` },
    listAccountDeliveries: { path: `${endpoint}/deliveries` },
    retryAccountDelivery: post(`${endpoint}/deliveries/${deliveryId}/retry`, { reason }),
    recoverAccountEndpoint: post(`${endpoint}/recover`, { since: new Date().toISOString(), reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

/** An endpoint of the account, and something on its way to it. */
export async function givenDelivery(ctx: Context, accountId: string) {
  const endpointId = await givenReceiver(ctx, { accountId })
  const eventId = await givenEvent(ctx, accountId)
  await advanceAll(ctx)
  const { id: deliveryId } = await ctx.db
    .selectFrom('event_delivery')
    .select('id')
    .where('event_id', '=', eventId)
    .where('receiver_id', '=', endpointId)
    .executeTakeFirstOrThrow()
  return { endpointId, deliveryId }
}

function post(path: string, body: object): Ask {
  return { method: 'POST', path, body }
}
