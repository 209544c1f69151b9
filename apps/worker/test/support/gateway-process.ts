import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService } from '@droplock/core/context'
import { scopes } from '@droplock/rules/accounts'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'
import type { World } from './world.ts'

const main = join(import.meta.dirname, '..', '..', '..', 'gateway', 'src', 'main.ts')

export type GatewayProcess = { readonly child: ChildProcess; readonly url: string }

/** A gateway as it is run, on the database of a world. `children`: where it is noted, so that it is ended. */
export async function startGateway(world: World, children: ChildProcess[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [main], {
    env: { DATABASE_URL: world.clone.urls.gateway, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, url: await listeningAt(child) }
}

/** An account with a key and 10,000.00 USD on its balance. */
export async function givenReseller({ ctx }: World): Promise<{ readonly key: string }> {
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 1_000_000n, receiptId: ctx.newId() })
  const key = apiKeyText('test', randomBytes(API_KEY_OCTETS))
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'test', scopes, keySha256 })
  return { key }
}
