import { closeOwnAccount } from '@droplock/core/members/close-own-account'
import type { MemberContext } from '@droplock/core/members/context'
import type { RequestLimit } from '@droplock/core/members/count-request'
import { acceptTerms, eraseOwnPerson, setLanguage, setName } from '@droplock/core/members/own'
import { changeMemberRole, invitePerson, listPeople, removePerson } from '@droplock/core/members/people'
import { readOwnPasswordHash } from '@droplock/core/members/read'
import type { MemberSession } from '@droplock/core/members/session-key'
import { endOwnSessions, listOwnSessions } from '@droplock/core/members/sessions'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { verifyPassword } from '@droplock/passwords/passwords'
import { languages, memberRoles } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { timeout } from 'hono/timeout'
import { z } from 'zod'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import { MemberName, Password, parse } from './bodies.ts'
import { requireFew } from './limits.ts'
import type { Sessions } from './sessions.ts'

const BODY_BYTES_MAX = 4_096

/** Of an owner who invites many; each may be a mail to somebody who has not asked for it. */
const invitations: RequestLimit = { max: 20, windowSeconds: 3_600 }

/** Guesses at the password of a session that is left open. */
const guesses: RequestLimit = { max: 10, windowSeconds: 3_600 }

const Invitation = z.object({ email: z.email().max(254), role: z.enum(memberRoles) })
const Role = z.object({ role: z.enum(memberRoles) })
const Choice = z.object({ language: z.enum(languages) })
const Named = z.object({ name: MemberName })
const Proof = z.object({ password: Password })

/** What people do with their own person and with the people of their account: nothing of it is in the reseller API. */
export function mountPeople(app: Marketplace, dependencies: Dependencies, sessions: Sessions): void {
  const { ctx, settings } = dependencies
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
  mountAccountPeople(app, dependencies, { sessions, actingAs })
  mountOwnPerson(app, { sessions, actingAs })
  mountEnds(app, { sessions, actingAs })
}

type Acting = {
  readonly sessions: Sessions
  readonly actingAs: (session: MemberSession) => MemberContext
}

const body = [limitBody(BODY_BYTES_MAX), requireJson] as const

function mountAccountPeople(
  app: Marketplace,
  { ctx, mails }: Dependencies,
  { sessions, actingAs }: Acting,
): void {
  app.get('/people/all', async (c) => c.json({ items: await listPeople(actingAs(c.var.session)) }))
  app.post('/people/all', ...body, async (c) => {
    const { email, role } = parse(Invitation, await c.req.json())
    const { session } = c.var
    await requireFew(ctx, `invite ${session.accountId}`, invitations)
    const { id, isElsewhere } = await invitePerson(actingAs(session), { email, role })
    await mails.invitation({ id, email, from: session.email, language: session.language, isElsewhere })
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
}

function mountOwnPerson(app: Marketplace, { sessions, actingAs }: Acting): void {
  app.post('/people/me/language', ...body, async (c) => {
    await setLanguage(actingAs(c.var.session), parse(Choice, await c.req.json()).language)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
  app.post('/people/me/name', ...body, async (c) => {
    await setName(actingAs(c.var.session), parse(Named, await c.req.json()).name)
    return c.body(null, 204)
  })
  app.post('/people/me/terms', async (c) => {
    await acceptTerms(actingAs(c.var.session), TERMS_VERSION)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
  app.get('/people/me/sessions', async (c) => {
    const { session } = c.var
    const items = await listOwnSessions(actingAs(session))
    return c.json({ items: items.map((item) => ({ ...item, current: item.id === session.sessionId })) })
  })
  app.delete('/people/me/sessions', async (c) => {
    await endOwnSessions(actingAs(c.var.session), { allBut: c.var.session.sessionId })
    return c.body(null, 204)
  })
  app.delete('/people/me/sessions/:id', async (c) => {
    await endOwnSessions(actingAs(c.var.session), { only: parse(z.uuid(), c.req.param('id')) })
    return c.body(null, 204)
  })
}

/** What cannot be undone is proven by the password: a session may be left open, or stolen. */
function mountEnds(app: Marketplace, { sessions, actingAs }: Acting): void {
  app.post('/people/me/erase', ...body, async (c) => {
    const ctx = actingAs(c.var.session)
    await requirePassword(ctx, parse(Proof, await c.req.json()).password)
    await eraseOwnPerson(ctx)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
  app.post('/people/account/close', ...body, async (c) => {
    const ctx = actingAs(c.var.session)
    await requirePassword(ctx, parse(Proof, await c.req.json()).password)
    await closeOwnAccount(ctx)
    sessions.forget(c.var.session.memberId)
    return c.body(null, 204)
  })
}

/** Throws Refusal: address_limited, invalid_credentials. */
async function requirePassword(ctx: MemberContext, password: string): Promise<void> {
  await requireFew(ctx, `password ${ctx.actor.memberId}`, guesses)
  const hash = await readOwnPasswordHash(ctx)
  if (hash === undefined || !(await verifyPassword(hash, password)))
    throw new Refusal('invalid_credentials', 'The password is wrong.')
}
