import { claimDueDeliveries } from '@droplock/core/deliveries/claim-due'
import { recordDelivery } from '@droplock/core/deliveries/record'
import { recoverDeliveries } from '@droplock/core/deliveries/recover'
import { expect } from 'vitest'
import { advanceAll } from '../../../../packages/core/test/support/receivers.ts'
import { WebhookDeliveryPage } from '../../src/resources/webhook-deliveries.ts'
import { NewWebhookEndpoint, WebhookEndpoint } from '../../src/resources/webhook-endpoints.ts'
import { givenCustomer, type World } from './world.ts'

export const path = '/v1/webhook-endpoints'
export const url = 'https://shop.example.com/droplock'

/** What a reseller does with webhook endpoints. */
export function usingWebhooks(world: World) {
  async function make(key: string, body: object = { url }) {
    const response = await world.send({ method: 'POST', path, key, body })
    expect(response.status).toBe(201)
    const made = NewWebhookEndpoint.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`${path}/${made.id}`)
    return { ...made, secret: made.secret ?? '' }
  }
  return {
    make,
    givenEndpoint: async (body?: object) => {
      const customer = await givenCustomer(world.ctx)
      return { ...customer, ...(await make(customer.key, body)) }
    },
    change: (key: string, id: string, body: object, ifMatch = '*') =>
      world.send({ method: 'PATCH', path: `${path}/${id}`, key, body, ifMatch }),
    read: async (key: string, id: string) =>
      WebhookEndpoint.parse(await (await world.send({ path: `${path}/${id}`, key })).json()),
    deliveriesOf: async (key: string, id: string, query = '') => {
      const response = await world.send({ path: `${path}/${id}/deliveries${query}`, key })
      return WebhookDeliveryPage.parse(await response.json())
    },
  }
}

/** What a worker does once: each delivery that it claims for the account is answered with `status`. Returns the subjects in order. */
export async function workOnce(
  { ctx }: Pick<World, 'ctx'>,
  accountId: string,
  status: number,
): Promise<readonly string[]> {
  const owner = ctx.newId()
  await advanceAll(ctx)
  while (await recoverDeliveries(ctx));
  const due = await claimDueDeliveries(ctx, { owner, kinds: ['webhook'], limit: 200 })
  const own = due.filter(({ receiver }) => receiver.accountId === accountId)
  const answered = { status, answer: String(status) }
  const result =
    status < 300
      ? ({ kind: 'delivered', ...answered } as const)
      : ({ kind: 'failed', ...answered, failure: `answered ${status}`, isFinal: status === 410 } as const)
  for (const delivery of own)
    await recordDelivery(ctx, { delivery, owner, result, durationMs: 12, chance: 0 })
  return own.map(({ event }) => event.subjectId)
}
