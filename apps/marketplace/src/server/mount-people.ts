import type { MemberContext } from '@droplock/core/members/context'
import { acceptTerms, eraseOwnPerson, setLanguage } from '@droplock/core/members/own'
import { changeMemberRole, invitePerson, listPeople, removePerson } from '@droplock/core/members/people'
import type { MemberSession } from '@droplock/core/members/session-key'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { languages, memberRoles } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { timeout } from 'hono/timeout'
import { z } from 'zod'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import type { Sessions } from './sessions.ts'

const BODY_BYTES_MAX = 4_096

const Invitation = z.object({ email: z.email().max(254), role: z.enum(memberRoles) })
const Role = z.object({ role: z.enum(memberRoles) })
const Choice = z.object({ language: z.enum(languages) })

/** What people do with their own person and with the people of their account: nothing of it is in the reseller API. */
export function mountPeople(
  app: Marketplace,
  { ctx, mails, settings }: Dependencies,
  sessions: Sessions,
): void {
  app.use('/people/*', uncached, timeout(settings.requestMsMax), async (c, next) => {
    const session = await sessions.of(c.req.raw.headers)
    if (session === undefined) throw new Refusal('unauthenticated', 'Sign in first.')
    c.set('session', session)
    await next()
  })
  const actingAs = ({ memberId, accountId }: MemberSession): MemberContext => ({
    ...ctx,
    actor: { memberId, accountId },
  })
  const body = [limitBody(BODY_BYTES_MAX), requireJson] as const

  app.get('/people/all', async (c) => c.json({ items: await listPeople(actingAs(c.var.session)) }))
  app.post('/people/all', ...body, async (c) => {
    const { email, role } = parse(Invitation, await c.req.json())
    const { session } = c.var
    const id = await invitePerson(actingAs(session), { email, role })
    await mails.invitation(email, session.name, session.language)
    return c.json({ id }, 201)
  })
  app.post('/people/all/:id/role', ...body, async (c) => {
    const id = parse(z.uuid(), c.req.param('id'))
    await changeMemberRole(actingAs(c.var.session), { id, ...parse(Role, await c.req.json()) })
    sessions.forget(id)
    return c.body(null, 204)
  })
  app.delete('/people/all/:id', async (c) => {
    const id = parse(z.uuid(), c.req.param('id'))
    await removePerson(actingAs(c.var.session), id)
    sessions.forget(id)
    return c.body(null, 204)
  })
  app.post('/people/me/language', ...body, async (c) => {
    await setLanguage(actingAs(c.var.session), parse(Choice, await c.req.json()).language)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
  app.post('/people/me/terms', async (c) => {
    await acceptTerms(actingAs(c.var.session), TERMS_VERSION)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
  app.delete('/people/me', async (c) => {
    await eraseOwnPerson(actingAs(c.var.session))
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
}

/** Throws Refusal('invalid_request'). */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const said = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'value'}: ${message}`)
  throw new Refusal('invalid_request', said.join('; '))
}
