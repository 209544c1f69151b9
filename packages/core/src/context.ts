import type { Scope } from '@droplock/rules/accounts'
import type { NewId } from '@droplock/rules/ports/ids'
import { Refusal } from '@droplock/rules/refusals'
import {
  may,
  needsProof,
  type Permission,
  type Role,
  type Standing,
  type StepUpUseCase,
} from '@droplock/rules/staff'
import type { Kysely } from 'kysely'
import { ofAccount } from './database/connect.ts'
import type { Database } from './database/tables.gen.ts'

/** What every use case needs. Only the database's clock decides anything. */
export type Context = {
  readonly db: Kysely<Database>
  readonly newId: NewId
}

/** A reseller, authenticated by an API key. */
export type AccountActor = {
  readonly kind: 'account'
  readonly accountId: string
  readonly keyId: string
  readonly scopes: readonly Scope[]
  readonly currency: string
  /** The key is that of a person's session on the pages. */
  readonly ofSession?: true
  /** The sub-account of the key; left out: it acts for the whole account. */
  readonly subAccountId?: string
  /** The networks (CIDR) from which alone the key is accepted; left out: from anywhere. */
  readonly allowedAddresses?: readonly string[]
}

/** Private to this file, so that `actFor` is the only way to make an `AccountContext`. */
const madeByActFor = Symbol('a context of an account')

/** The context of a reseller's use case, made only by `actFor`. All that the use case reads and writes goes through its `db`. */
export type AccountContext = Context & { readonly actor: AccountActor; readonly [madeByActFor]: true }

/**
 * The context in which a reseller's use cases run. Its `db` reaches the rows of that account alone, where the login is one that
 * row-level security applies to (ADR 55).
 */
export function actFor(ctx: Context, actor: AccountActor): AccountContext {
  return { ...ctx, db: ofAccount(ctx.db, actor.accountId), actor, [madeByActFor]: true }
}

/** Throws Refusal('insufficient_scope') unless the caller's key carries `scope`. */
export function requireScope(ctx: Pick<AccountContext, 'actor'>, scope: Scope): void {
  if (ctx.actor.scopes.includes(scope)) return
  throw new Refusal('insufficient_scope', `This API key lacks the scope ${scope}.`, { scope })
}

/** Whose rows a statement reads: those of an account, or of its sub-account alone. */
export type Whose = Pick<Context, 'db'> & {
  readonly actor: Pick<AccountActor, 'accountId' | 'subAccountId'>
}

/** All rows of an account, for a use case of operators that has checked its permission. */
export function rowsOf({ db }: Pick<Context, 'db'>, accountId: string): Whose {
  return { db, actor: { accountId } }
}

/** A person who uses the console, authenticated by a session. */
export type StaffActor = {
  readonly kind: 'staff'
  readonly staffId: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** As of the beginning of the request. */
  readonly standing: Standing
  /** A role requires a second factor that the session lacks: it may set one up, and nothing else. */
  readonly mustEnrol?: boolean
}

/** A use case that a person runs in the console. */
export type StaffContext = Context & { readonly actor: StaffActor }

/** The person who runs a command with the database's login, by the name of their account on that machine. */
export type CommandActor = { readonly kind: 'command'; readonly name: string }

/** The service itself, for the seed data of a demo. */
export type ServiceActor = { readonly kind: 'service' }

/** Who may set up the service. */
export type Operator = StaffActor | CommandActor | ServiceActor

/** A person of an account, in the audit: by id, because a name and an address can be erased and the audit cannot. */
type AuditedMember = { readonly kind: 'member'; readonly memberId: string }

/** Whose change an entry of the audit is. */
export type Author = Operator | AuditedMember

/** The name under which a change is kept. A command has no staff account; the prefix distinguishes its name from the service's. */
export function nameOf(by: Author | undefined): string {
  if (by === undefined || by.kind === 'service') return 'droplock'
  if (by.kind === 'member') return `member:${by.memberId}`
  return by.kind === 'staff' ? by.email : `command:${by.name}`
}

/** The context of a use case that sets up the service: from the console, by a command, or by the service itself. */
export type OperatorContext = Context & { readonly actor: Operator }

/** The context in which the service itself runs operators' use cases. Never used for a request. */
export function asService({ db, newId }: Context): OperatorContext {
  return { db, newId, actor: { kind: 'service' } }
}

/**
 * Requires that one of the person's roles has `permission`, and a recent proof of identity where the permission needs one. A command
 * has every permission, because its user has the database's login; so has the service itself. Throws Refusal: forbidden,
 * second_factor_required, step_up_required.
 */
export function requirePermission({ actor }: Pick<OperatorContext, 'actor'>, permission: Permission): void {
  if (actor.kind !== 'staff') return
  if (actor.mustEnrol === true)
    throw new Refusal('second_factor_required', 'Your roles require a second factor. Set one up first.')
  if (!may(actor.roles, permission))
    throw new Refusal('forbidden', `Your roles lack the permission ${permission}.`, { permission })
  if (needsProof(permission)) requireRecentProof(actor)
}

/** Requires a recent proof of identity for a use case whose terms need one. Throws Refusal('step_up_required'). */
export function requireProof({ actor }: Pick<OperatorContext, 'actor'>, _useCase: StepUpUseCase): void {
  if (actor.kind === 'staff') requireRecentProof(actor)
}

function requireRecentProof({ standing }: StaffActor): void {
  if (standing === 'proven') return
  throw new Refusal('step_up_required', 'Confirm that it is you. Then send this again.')
}

/** The trimmed reason for a change, as the audit records it. Throws Refusal('reason_required') where it is empty. */
export function requireReason(reason: string): string {
  const text = reason.trim()
  if (text === '') throw new Refusal('reason_required', 'Give a reason; it is recorded in the audit.')
  return text
}
