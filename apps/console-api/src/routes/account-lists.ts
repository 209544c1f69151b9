import {
  AccountContactList,
  AccountDelivery,
  AccountDeliveryList,
  AccountEndpoint,
  AccountEndpointList,
  AccountRegistrationList,
  AccountSubAccountList,
  listAccountContacts,
  listAccountDeliveries,
  listAccountEndpoints,
  listAccountRegistrations,
  listAccountSubAccounts,
  recoverAccountEndpoint,
  retryAccountDelivery,
} from '@droplock/contracts/console/account-lists'
import {
  type AccountContactView,
  listAccountContacts as readContacts,
} from '@droplock/core/account-contacts/read'
import { listAccountRegistrations as readRegistrations } from '@droplock/core/renewals/list-registrations'
import { listAccountSubAccounts as readSubAccounts } from '@droplock/core/sub-accounts'
import { listAccountDeliveries as readDeliveries } from '@droplock/core/webhook-endpoints/list-deliveries'
import { listAccountEndpoints as readEndpoints } from '@droplock/core/webhook-endpoints/read'
import { recoverAccountEndpoint as recover } from '@droplock/core/webhook-endpoints/recover'
import { retryAccountDelivery as retry } from '@droplock/core/webhook-endpoints/retry-delivery'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeAccountLists(app: ConsoleApi): void {
  app.openapi(listAccountSubAccounts, async (c) => {
    const query = { accountId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, AccountSubAccountList, wire(await readSubAccounts(c.var.ctx, query)))
  })

  app.openapi(listAccountContacts, async (c) => {
    const query = { accountId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    const { items, ...counts } = await readContacts(c.var.ctx, query)
    return reply(c, 200, AccountContactList, { items: items.map(presentContact), ...wire(counts) })
  })

  app.openapi(listAccountRegistrations, async (c) => {
    const query = { accountId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, AccountRegistrationList, wire(await readRegistrations(c.var.ctx, query)))
  })

  app.openapi(listAccountEndpoints, async (c) => {
    const query = { accountId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, AccountEndpointList, wire(await readEndpoints(c.var.ctx, query)))
  })

  app.openapi(listAccountDeliveries, async (c) => {
    const { id: accountId, endpoint_id: endpointId } = c.req.valid('param')
    const query = { accountId, endpointId, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, AccountDeliveryList, wire(await readDeliveries(c.var.ctx, query)))
  })

  app.openapi(retryAccountDelivery, async (c) => {
    const { id: accountId, ...of } = c.req.valid('param')
    const command = { accountId, ...fromWire(of), ...c.req.valid('json') }
    return reply(c, 200, AccountDelivery, wire(await retry(c.var.ctx, command)))
  })

  app.openapi(recoverAccountEndpoint, async (c) => {
    const { id: accountId, endpoint_id: endpointId } = c.req.valid('param')
    const command = { accountId, endpointId, ...c.req.valid('json') }
    return reply(c, 200, AccountEndpoint, wire(await recover(c.var.ctx, command)))
  })
}

/** The part of a contact by which people know it. */
function presentContact({ details, ...contact }: AccountContactView) {
  const { email, postal } = details
  const [{ name, org, city, country }] = postal
  return { ...wire(contact), details: { name, city, country, email, ...(org && { organization: org }) } }
}
