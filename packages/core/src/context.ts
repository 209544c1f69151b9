import type { Scope } from '@droplock/rules/accounts'
import type { NewId } from '@droplock/rules/ports/ids'
import { Refusal } from '@droplock/rules/refusals'
import { may, type Permission, type Role } from '@droplock/rules/staff'
import type { Kysely } from 'kysely'
import type { Database } from './database/tables.gen.ts'

/** What every use case needs. The database's clock is the only clock that decides anything. */
export type Context = {
  readonly db: Kysely<Database>
  readonly newId: NewId
}

/** A reseller, known by an API key. */
export type AccountActor = {
  readonly kind: 'account'
  readonly accountId: string
  readonly keyId: string
  readonly scopes: readonly Scope[]
  readonly currency: string
}

/** Known to this file alone, so that `actFor` is the one way to a context that acts for an account. */
const ofAccount = Symbol('a context of an account')

/** A use case that acts for a reseller. Made by `actFor` alone; all that it reads and writes goes through its `db`. */
export type AccountContext = Context & { readonly actor: AccountActor; readonly [ofAccount]: true }

/**
 * The context in which a reseller's use cases run. Whatever is to lie under all reads and writes of an account (row-level
 * security) is given to its `db` here.
 */
export function actFor(ctx: Context, actor: AccountActor): AccountContext {
  return { ...ctx, actor, [ofAccount]: true }
}

/** Throws Refusal('insufficient_scope') unless the caller's key carries `scope`. */
export function requireScope(ctx: Pick<AccountContext, 'actor'>, scope: Scope): void {
  if (ctx.actor.scopes.includes(scope)) return
  throw new Refusal('insufficient_scope', `This API key lacks the scope ${scope}.`, { scope })
}

/** A person in the console, known by a session. */
export type StaffActor = {
  readonly kind: 'staff'
  readonly staffId: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** A use case that a person runs in the console. */
export type StaffContext = Context & { readonly actor: StaffActor }

/** Whoever runs a command beside the database, whose login they have; by the name of their account on that machine. */
export type CommandActor = { readonly kind: 'command'; readonly name: string }

/** What nobody does: the seeds of a demo. */
export type ServiceActor = { readonly kind: 'service' }

/** Who sets the service up. */
export type Operator = StaffActor | CommandActor | ServiceActor

/** A use case that sets the service up: from the console, by a command, or by the service itself. */
export type OperatorContext = Context & { readonly actor: Operator }

/** The context in which the service itself runs what operators run. Never behind a request. */
export function asService({ db, newId }: Context): OperatorContext {
  return { db, newId, actor: { kind: 'service' } }
}

/**
 * Throws Refusal('forbidden') unless one of the person's roles has `permission`. A command has every permission of the use cases
 * that take one, as whoever can run it has the database's login; so has the service itself.
 */
export function requirePermission({ actor }: Pick<OperatorContext, 'actor'>, permission: Permission): void {
  if (actor.kind !== 'staff' || may(actor.roles, permission)) return
  throw new Refusal('forbidden', `Your roles lack the permission ${permission}.`, { permission })
}

/** The trimmed reason for a change, as the audit keeps it. Throws Refusal('reason_required') when nothing is left. */
export function requireReason(reason: string): string {
  const text = reason.trim()
  if (text === '') throw new Refusal('reason_required', 'Say why: the audit keeps the reason.')
  return text
}
