import { Refusal } from '@droplock/rules/refusals'
import { type AccessPolicy, followedRoles, type Role } from '@droplock/rules/staff'
import { type Selectable, sql, type Transaction } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import { violated } from '../../database/errors.ts'
import type { Database, StaffAccountTable } from '../../database/tables.gen.ts'
import { inTransaction } from '../../database/transaction.ts'
import { type Browser, lockEnabled, openSession, type SessionTokens, type SignedIn } from '../open-session.ts'
import { hasSecondFactor } from '../second-factor/codes.ts'
import { type CodeNeeded, challenge } from '../sign-in.ts'
import { followRoles } from './follow-roles.ts'

/** What the identity provider says of a person, checked by the caller. */
export type Identity = {
  readonly issuer: string
  /** Never reused by the issuer, unlike the address. */
  readonly subject: string
  /** Undefined where the provider does not say that it is verified. */
  readonly email: string | undefined
  readonly name: string | undefined
  /** By the mapping of the settings; never admin. */
  readonly roles: readonly Role[]
  /** Whether the person proved more than a password there. */
  readonly hasSecondFactor: boolean
}

type SignInByIdentity = SessionTokens &
  Browser & {
    readonly identity: Identity
    /** The SHA-256 of the device's token, where the browser sent one when the sign-in began. */
    readonly deviceSha256: Uint8Array | undefined
    /** SHA-256 of the token by which a code continues this sign-in. */
    readonly challengeSha256: Uint8Array
    readonly policy: AccessPolicy
  }

/**
 * Opens a session for a person of the identity provider. Who is not known yet is added, with the roles of the mapping; an account with the
 * same address is connected, unless it has the role admin, which no provider gives. Roles follow the provider with each sign-in. Where the
 * provider proved one factor only and the person has a second one here, it is asked for. Throws Refusal: identity_without_role,
 * identity_without_address, identity_address_taken, identity_disabled, try_again.
 */
export async function signInByIdentity(
  ctx: Context,
  attempt: SignInByIdentity,
): Promise<SignedIn | CodeNeeded> {
  const { identity, deviceSha256, challengeSha256, policy } = attempt
  const opened = await once(() =>
    inTransaction(ctx.db, async (tx) => {
      const staffId = (await findPerson(tx, identity)) ?? (await connectOrAdd(tx, ctx, identity))
      const found = await lockEnabled(tx, staffId)
      if (found === undefined)
        throw new Refusal('identity_disabled', 'Your account here is disabled. Ask an administrator.')
      const person = await followRoles(tx, found, identity.roles)
      // Committed and then refused: their sessions have ended.
      if (person === undefined) return undefined
      if (!identity.hasSecondFactor && (await hasSecondFactor(tx, staffId)))
        return challenge(tx, staffId, challengeSha256)
      return openSession(tx, ctx, person, {
        staffId,
        tokens: attempt,
        browser: attempt,
        policy,
        deviceId: await findDevice(tx, staffId, deviceSha256),
        hasSecondFactor: identity.hasSecondFactor,
        means: 'openid_connect',
        failuresBefore: 0,
      })
    }),
  )
  if (opened === undefined) throw withoutRole()
  return opened
}

async function findPerson(
  tx: Transaction<Database>,
  { issuer, subject }: Identity,
): Promise<string | undefined> {
  const person = await tx
    .selectFrom('staff_account')
    .select('id')
    .where('identity_issuer', '=', issuer)
    .where('identity_subject', '=', subject)
    .executeTakeFirst()
  return person?.id
}

/** Connects the account with the person's address, or adds one. Returns its id. */
async function connectOrAdd(tx: Transaction<Database>, ctx: Context, identity: Identity): Promise<string> {
  const { issuer, subject, email: given, name, roles } = identity
  if (followedRoles([], roles).length === 0) throw withoutRole()
  if (given === undefined)
    throw new Refusal(
      'identity_without_address',
      'The identity provider does not say that your address is verified.',
    )
  const email = given.toLowerCase()
  const identified = { identity_issuer: issuer, identity_subject: subject }
  const known = await tx
    .selectFrom('staff_account')
    .selectAll()
    .where('email', '=', email)
    .forNoKeyUpdate()
    .executeTakeFirst()
  // Another sign-in of the same person has added or connected it since.
  if (known?.identity_issuer === issuer && known.identity_subject === subject) return known.id
  const staffId = known?.id ?? ctx.newId()
  if (known === undefined) {
    const account = { id: staffId, email, name: name ?? email, roles: [...followedRoles([], roles)] }
    await tx
      .insertInto('staff_account')
      .values({ ...account, password_hash: null, ...identified })
      .execute()
    await recordAudit(tx, {
      action: 'staff.added',
      subjectType: 'staff',
      subjectId: staffId,
      after: { email, name: account.name, roles: account.roles, ...identified },
    })
  } else {
    requireConnectable(known)
    await tx.updateTable('staff_account').set(identified).where('id', '=', staffId).execute()
    await recordAudit(tx, {
      action: 'staff.identity_linked',
      subjectType: 'staff',
      subjectId: staffId,
      after: { email, ...identified },
    })
  }
  return staffId
}

/** Throws Refusal('identity_address_taken'): an address alone makes nobody an admin, and nobody another person. */
function requireConnectable({ roles, identity_subject }: Selectable<StaffAccountTable>): void {
  if (identity_subject === null && !roles.includes('admin')) return
  throw new Refusal(
    'identity_address_taken',
    'An account with your address exists, and it is not connected to your identity.',
  )
}

async function findDevice(
  tx: Transaction<Database>,
  staffId: string,
  deviceSha256: Uint8Array | undefined,
): Promise<string | undefined> {
  if (deviceSha256 === undefined) return undefined
  const device = await tx
    .selectFrom('staff_device')
    .select('id')
    .where('staff_id', '=', staffId)
    .where('token_sha256', '=', Buffer.from(deviceSha256))
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
  return device?.id
}

/** Two first sign-ins of one person at once: the other one has added the account. Throws Refusal('try_again'). */
async function once<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!violated(error, 'staff_email_unique') && !violated(error, 'one_person_per_identity')) throw error
    throw new Refusal('try_again', 'You signed in twice at the same moment. Try again.')
  }
}

function withoutRole(): Refusal {
  return new Refusal('identity_without_role', 'Your identity provider gives you no role in this console.')
}
