import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import type { MemberRole } from '@droplock/rules/members'
import { accountOf, givenPerson, type Person } from '../../../../apps/marketplace/test/support/people.ts'
import { givenAccount } from '../../../../packages/core/test/support/world.ts'
import type { Known } from '../../doors/schema-values.ts'
import type { Server, ServerApp } from '../../doors/server.ts'
import { fillWorld, givenKey, openSession, type People, readKnown, type Session } from '../../doors/world.ts'
import { type GoodWork, startGoodClient } from './good-client.ts'
import { startServers } from './servers.ts'
import type { Target } from './target.ts'

/** Everything that attacks need: all processes that listen, on a database with something of every kind. */
export type Stage = {
  readonly ctx: Context
  readonly people: People
  readonly known: Known
  /** Of an account with the usual limits. */
  readonly attackersKey: string
  readonly members: Members
  readonly sessionOf: (role: string) => Promise<Session>
  readonly targets: Readonly<Record<ServerApp, Target>>
  /** Starts one more process, with other settings: for a control. */
  readonly startAnother: (
    app: 'gateway' | 'console-api',
    settings: Readonly<Record<string, string>>,
  ) => Promise<Target>
}

/** People of one account. */
type Members = { readonly owner: Person; readonly cookieOf: (role: MemberRole) => string }

/** Starts everything, and gives it to `use`. Leaves nothing. */
export async function onStage<Result>(use: (stage: Stage) => Promise<Result>): Promise<Result> {
  await using cleanup = new AsyncDisposableStack()
  const clone = await cloneDatabase()
  cleanup.defer(clone.drop)
  const ctx = { db: clone.db, newId }
  const people = await fillWorld(ctx)
  const servers = await startServers(clone, cleanup)
  const sessions = new Map<string, Promise<Session>>()
  const sessionOf = (role: string) => {
    const open = sessions.get(role) ?? openSession(ctx, people.staff[role] ?? '')
    sessions.set(role, open)
    return open
  }
  const members = await givenMembers(ctx, servers.of.marketplace.url)
  const targetOf = async (app: string, server: Server, path: string, headers?: GoodWork['headers']) => {
    const good = startGoodClient({ url: `${server.url}${path}`, ...(headers && { headers }) })
    cleanup.defer(() => good.stop())
    return { app, server, good, quiet: await good.take() }
  }
  const { gateway, marketplace, worker, catcher } = servers.of
  const { cookie } = await sessionOf('operator')
  const key = { authorization: `Bearer ${people.keys.rich}` }
  const { actor } = await givenAccount(ctx)
  return await use({
    ctx,
    people,
    known: await readKnown(ctx),
    attackersKey: await givenKey(ctx, actor.accountId, ['listings:read', 'backorders:read', 'events:read']),
    members,
    sessionOf,
    targets: {
      gateway: await targetOf('gateway', gateway, '/v1/listings/n1.test', key),
      'console-api': await targetOf('console-api', servers.of['console-api'], '/api/today', { cookie }),
      marketplace: await targetOf('marketplace', marketplace, '/api/v1/balance', {
        cookie: members.owner.cookie,
      }),
      worker: await targetOf('worker', worker, '/healthz'),
      catcher: await targetOf('catcher', catcher, '/healthz'),
    },
    startAnother: async (app, settings) =>
      targetOf(app, await servers.startAnother(app, settings), '/healthz'),
  })
}

async function givenMembers(ctx: Context, url: string): Promise<Members> {
  const owner = await givenPerson(ctx, url)
  // They have an account from their first request on.
  await fetch(`${url}/api/v1/balance`, { headers: { cookie: owner.cookie } })
  const accountId = await accountOf(ctx, owner)
  const cookies = new Map<MemberRole, string>([['owner', owner.cookie]])
  for (const role of ['buyer', 'viewer'] as const) {
    const { email, cookie } = await givenPerson(ctx, url)
    await ctx.db
      .updateTable('member')
      .set({ account_id: accountId, role })
      .where('email', '=', email)
      .execute()
    cookies.set(role, cookie)
  }
  return { owner, cookieOf: (role) => cookies.get(role) ?? '' }
}
