import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { Role } from '@droplock/rules/staff'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import { openSession, type Session } from '../../doors/world.ts'

/** What people of the staff do in the console, by its API. */
export type Operators = {
  /** Proposes a refund of a whole payment, and another person approves it. The refund's id. */
  readonly refund: (paymentId: string, amountMinor: number) => Promise<string>
  /** Uploads a list, which is published. */
  readonly upload: (registryId: string, fileName: string, list: string) => Promise<void>
  /** What was acknowledged: proposals and approvals by the refund's id. */
  readonly acknowledged: () => readonly string[]
}

type Reply = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

const ANSWER_MS_MAX = 15_000
const SETTLED_MS_MAX = 60_000
const AGAIN_MS = 100

export async function openConsole(ctx: Context, url: string): Promise<Operators> {
  const people = await ctx.db.selectFrom('staff_account').select(['id', 'roles']).execute()
  /** A new one each time: what moves money needs a proof of identity of the last minutes. The database is away for moments. */
  const sessionOf = async (role: Role): Promise<Session> => {
    const person = people.find(({ roles }) => roles.includes(role))
    if (person === undefined) throw new Error(`nobody is ${role}`)
    let session: Session | undefined
    await holdsWithin({ everyMs: AGAIN_MS, msMax: SETTLED_MS_MAX }, async () => {
      session = await openSession(ctx, person.id).catch(() => undefined)
      return session !== undefined
    })
    if (session === undefined) throw new Error(`no session for ${role}`)
    return session
  }
  const acknowledged: string[] = []
  /** The console has no Idempotency-Key: a person whose request was not answered looks first whether it was done. */
  const untilDone = async (by: Session, path: string, body: unknown, isDone: () => Promise<unknown>) => {
    const deadlineMs = performance.now() + SETTLED_MS_MAX
    for (;;) {
      const reply = await post(url, by, path, body)
      if (reply !== undefined && reply.status < 400) return reply
      if (reply !== undefined && !mayBeRepeated(reply))
        throw new Error(`${path} answered ${reply.status} ${JSON.stringify(reply.body)}`)
      if (performance.now() > deadlineMs) throw new Error(`${path} is not answered`)
      await wait(AGAIN_MS)
      if (await isDone().catch(() => undefined)) return undefined
    }
  }
  const refundOf = (paymentId: string) =>
    ctx.db
      .selectFrom('refund')
      .select(['id', 'state'])
      .where('payment_id', '=', paymentId)
      .where('proposed_by', 'is not', null)
      .executeTakeFirst()
  const idOf = async (reply: Reply | undefined, paymentId: string) => {
    if (reply !== undefined) return String(reply.body['id'])
    let id: string | undefined
    await holdsWithin({ everyMs: AGAIN_MS, msMax: SETTLED_MS_MAX }, async () => {
      id = (await refundOf(paymentId).catch(() => undefined))?.id
      return id !== undefined
    })
    return String(id)
  }
  return {
    acknowledged: () => acknowledged,
    refund: async (payment_id, amount_minor) => {
      const [finance, approver] = [await sessionOf('finance'), await sessionOf('finance_approver')]
      const terms = { payment_id, amount_minor, reason_code: 'goodwill', note: 'the customer asked for it' }
      const proposed = await untilDone(finance, '/api/refunds', terms, () => refundOf(payment_id))
      const id = await idOf(proposed, payment_id)
      if (proposed !== undefined) acknowledged.push(id)
      const { terms_hash } = await read(url, approver, `/api/refunds/${id}`)
      const isApproved = async () => (await refundOf(payment_id))?.state !== 'proposed'
      const path = `/api/refunds/${id}/approve`
      const approved = await untilDone(approver, path, { terms_hash }, isApproved)
      if (approved !== undefined) acknowledged.push(id)
      return id
    },
    upload: async (registryId, fileName, list) => {
      const operator = await sessionOf('operator')
      const query = new URLSearchParams({ registry_id: registryId, file_name: fileName })
      const isThere = async () => (await runOf(ctx, fileName)) !== undefined
      await untilDone(operator, `/api/sync-runs?${query}`, list, isThere)
    },
  }
}

/** A run of this list that goes on by itself. */
function runOf({ db }: Context, fileName: string) {
  return db
    .selectFrom('sync_run')
    .select('id')
    .where('source', 'like', `%${fileName}`)
    .where('state', 'in', ['publishing', 'published'])
    .executeTakeFirst()
}

function mayBeRepeated({ status, body }: Reply): boolean {
  return status >= 500 || status === 429 || body['code'] === 'try_again'
}

async function post(url: string, by: Session, path: string, body: unknown): Promise<Reply | undefined> {
  const isFile = typeof body === 'string'
  const type = isFile ? 'application/octet-stream' : 'application/json'
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { cookie: by.cookie, 'x-csrf-token': by.csrfToken, 'content-type': type },
      body: isFile ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    })
    return { status: response.status, body: (await response.json()) as Reply['body'] }
  } catch {
    return undefined
  }
}

async function read(url: string, by: Session, path: string): Promise<Reply['body']> {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(`${url}${path}`, { headers: { cookie: by.cookie } })
      if (response.ok) return (await response.json()) as Reply['body']
      if (tries === 100) throw new Error(`${path} answered ${response.status}`)
    } catch (error) {
      if (tries === 100) throw error
    }
    await wait(AGAIN_MS)
  }
}
