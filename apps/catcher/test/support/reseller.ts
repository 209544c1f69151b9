import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService } from '@droplock/core/context'
import { scopes } from '@droplock/rules/accounts'
import { expect } from 'vitest'
import type { Testbed } from './testbed.ts'
import { waitUntil } from './wait-until.ts'

/** A reseller who has nothing but the address of the API and a key. */
export async function givenReseller({ buyer }: Testbed, url: string) {
  const key = `dlk_test_${randomBytes(32).toString('base64url')}`
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(buyer), {
    accountId: buyer.actor.accountId,
    label: 'a test',
    scopes,
    keySha256,
  })
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    const init = body === undefined ? { headers } : { headers, body: JSON.stringify(body) }
    const answer = await fetch(`${url}${path}`, { method, ...init })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }
  /** Requests something, and reads it until it is done. */
  const carryOut = async (method: string, path: string, resource: string, body?: unknown) => {
    const { id } = await call(method, path, body)
    const read = () => call('GET', `/v1/${resource}/${id}`)
    await waitUntil(`${method} ${path} is done`, async () =>
      ['succeeded', 'successful', 'failed'].includes(String((await read())['state'])),
    )
    const done = await read()
    expect(done).toMatchObject({ state: expect.stringMatching(/^succe/) })
    return done
  }
  return { call, carryOut }
}
