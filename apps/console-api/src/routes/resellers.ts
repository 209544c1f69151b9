import { createHash, randomBytes } from 'node:crypto'
import { Account } from '@droplock/contracts/console/accounts'
import {
  AccountApiKeyList,
  closeAccount,
  IssuedApiKey,
  issueAccountKey,
  listAccountKeys,
  openAccount,
  renameAccount,
  resumeAccount,
  revokeAccountKey,
  setRateLimits,
  setWatchLimit,
  suspendAccount,
} from '@droplock/contracts/console/resellers'
import {
  openAccount as open,
  renameAccount as rename,
  setRateLimits as setRates,
  setWatchLimit as setWatches,
  switchAccount,
} from '@droplock/core/accounts/administer'
import { closeAccount as close } from '@droplock/core/accounts/close'
import { getAccount } from '@droplock/core/accounts/read'
import { issueApiKey, listApiKeys, revokeApiKey } from '@droplock/core/api-keys'
import { requireSellerMode } from '@droplock/core/billing/seller'
import type { StaffContext } from '@droplock/core/context'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeResellers(app: ConsoleApi, { settings }: Dependencies): void {
  app.openapi(openAccount, async (c) => {
    const { billing, ...terms } = c.req.valid('json')
    const party = billing && { ...fromWire(billing), address: billing.address.join('\n') }
    const id = await open(c.var.ctx, {
      ...terms,
      ...(party && { billing: { ...party, taxId: party.taxId ?? null } }),
    })
    c.var.event.add({ account_id: id })
    return reply(c, 201, Account, await present(c.var.ctx, id))
  })

  app.openapi(renameAccount, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await rename(c.var.ctx, { accountId, ...c.req.valid('json') })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(suspendAccount, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await switchAccount(c.var.ctx, { accountId, enabled: false, ...c.req.valid('json') })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(resumeAccount, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await switchAccount(c.var.ctx, { accountId, enabled: true, ...c.req.valid('json') })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(closeAccount, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await close(c.var.ctx, { accountId, ...c.req.valid('json') })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(setRateLimits, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await setRates(c.var.ctx, { accountId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(setWatchLimit, async (c) => {
    const { id: accountId } = c.req.valid('param')
    await setWatches(c.var.ctx, { accountId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Account, await present(c.var.ctx, accountId))
  })

  app.openapi(listAccountKeys, async (c) => {
    const query = { accountId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, AccountApiKeyList, wire(await listApiKeys(c.var.ctx, query)))
  })

  app.openapi(issueAccountKey, async (c) => {
    const { id: accountId } = c.req.valid('param')
    const { mode } = settings
    await requireSellerMode(c.var.ctx, mode)
    const key = apiKeyText(mode, randomBytes(API_KEY_OCTETS))
    const keySha256 = createHash('sha256').update(key).digest()
    const id = await issueApiKey(c.var.ctx, { accountId, ...fromWire(c.req.valid('json')), keySha256 })
    c.var.event.add({ account_id: accountId, key_id: id })
    return reply(c, 201, IssuedApiKey, { id, key })
  })

  app.openapi(revokeAccountKey, async (c) => {
    const { id } = c.req.valid('param')
    await revokeApiKey(c.var.ctx, { keyId: id, ...c.req.valid('json') })
    return reply(c, 200, revokeAccountKey.responses[200].content['application/json'].schema, { id })
  })
}

async function present(ctx: StaffContext, id: string) {
  return wire(await getAccount(ctx, id))
}
