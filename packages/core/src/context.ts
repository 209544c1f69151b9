import type { Scope } from '@droplock/rules/accounts/scopes'
import type { NewId } from '@droplock/rules/ports/ids'
import { Refusal } from '@droplock/rules/refusals'
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

/** A use case that acts for a reseller. */
export type AccountContext = Context & { readonly actor: AccountActor }

/** Throws Refusal('insufficient_scope') unless the caller's key carries `scope`. */
export function requireScope(ctx: AccountContext, scope: Scope): void {
  if (ctx.actor.scopes.includes(scope)) return
  throw new Refusal('insufficient_scope', `This API key lacks the scope ${scope}.`, { scope })
}
