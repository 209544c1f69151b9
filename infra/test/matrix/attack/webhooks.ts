import type { Context } from '@droplock/core/context'
import { signWebhook } from '@droplock/payments/sandbox/signature'
import { addressOf, count, fire, type Statuses } from './attackers.ts'
import type { Attack } from './target.ts'

const path = '/webhooks/payments/test'
const HOUR_MS = 3_600_000

/** Reports of the payment provider that it did not make, or made once, or long ago. */
export function forgedWebhooks(ctx: Context, secret: string, objects: readonly string[]): Attack {
  return {
    name: 'forged webhooks',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const now = new Date()
      const eventOf = (id: string, object: string) =>
        JSON.stringify({ id, about: 'payment', object, created_at: now.toISOString() })
      const send = async (body: string, headers: Readonly<Record<string, string>>, to = path) => {
        const shot = {
          method: 'POST',
          path: to,
          body,
          headers: { 'content-type': 'application/json', ...headers },
        }
        const status = await fire(server.url, shot, { agent: false, localAddress: addressOf(8_000) })
        count(statuses, status)
        return status
      }
      const before = await stateOf(ctx)
      const violations: string[] = []
      const refused = async (what: string, ...sent: Parameters<typeof send>) => {
        const status = await send(...sent)
        if (!/^4\d\d$/.test(status)) violations.push(`${what}: answered with ${status}`)
      }
      for (const [index, object] of objects.entries()) {
        const body = eventOf(`evt_forged_${index}`, object)
        const signed = signWebhook(secret, body, now)
        const at = (ms: number) => signWebhook(secret, body, new Date(now.getTime() + ms))
        const [name = '', value = ''] = Object.entries(signed)[0] ?? []
        await refused('without a signature', body, {})
        await refused('an empty signature', body, { [name]: '' })
        await refused('another secret', body, signWebhook(`${secret}x`, body, now))
        await refused('another body', body.replace('payment', 'refund'), signed)
        await refused('one space more', `${body} `, signed)
        await refused('an hour old', body, at(-HOUR_MS))
        await refused('an hour ahead', body, at(HOUR_MS))
        await refused('a later time for an old signature', body, {
          [name]: value.replace(/t=\d+/, `t=${Math.floor(now.getTime() / 1_000) + 1}`),
        })
        await refused('two signatures', body, { [name]: `${value}, ${value}` })
        await refused('the signature of Stripe', body, { 'stripe-signature': value })
        await refused('signed, and no event', '{"id":1}', signWebhook(secret, '{"id":1}', now))
        await refused('signed, and no JSON', '{"id', signWebhook(secret, '{"id', now))
        await refused('for the other mode', body, signed, '/webhooks/payments/live')
        await refused('for no mode', body, signed, '/webhooks/payments/toString')
      }
      const left = await stateOf(ctx)
      if (left !== before) violations.push('a refused report has changed something')
      violations.push(...(await replay(ctx, secret, eventOf('evt_replayed', 'nothing-of-ours'), send)))
      return { statuses, violations }
    },
  }
}

/** A report that is genuine, and comes many times: it is kept once. */
async function replay(
  { db }: Context,
  secret: string,
  body: string,
  send: (body: string, headers: Readonly<Record<string, string>>) => Promise<string>,
): Promise<readonly string[]> {
  const signed = signWebhook(secret, body, new Date())
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(body, signed)))
  const rows = await db
    .selectFrom('provider_event')
    .select('event_id')
    .where('event_id', '=', 'evt_replayed')
    .execute()
  return [
    ...(rows.length === 1 ? [] : [`a report that came 20 times is kept ${rows.length} times`]),
    ...(answers.every((answer) => answer === '200')
      ? []
      : [`a genuine report is answered with ${answers.join(', ')}`]),
  ]
}

/** Events that are kept, and the state of every payment. */
async function stateOf({ db }: Context): Promise<string> {
  const events = await db.selectFrom('provider_event').select('event_id').orderBy('event_id').execute()
  const payments = await db
    .selectFrom('payment')
    .select(['id', 'state', 'captured_minor'])
    .orderBy('id')
    .execute()
  return JSON.stringify([
    events,
    payments.map((payment) => ({ ...payment, captured_minor: String(payment.captured_minor) })),
  ])
}
