import { IDLE_SECONDS_MAX, isRole, SEEN_SECONDS_MIN } from '@droplock/rules/staff'
import { sql } from 'kysely'
import type { Context, StaffActor } from '../context.ts'

type Session = {
  readonly actor: StaffActor
  readonly csrfSha256: Uint8Array
  readonly expiresAt: Date
}

/**
 * The person of a session token's SHA-256, with their current roles; undefined for a token that is unknown, ended or expired, and for a
 * disabled person. Use by the person extends the idle expiry, never beyond the session's end.
 */
export async function authenticateSession(
  ctx: Context,
  tokenSha256: Uint8Array,
  isByPerson = true,
): Promise<Session | undefined> {
  const { rows } = await sql<Row>`
    select session.id, session.staff_id, session.csrf_sha256, session.expires_at, staff.email, staff.name, staff.roles,
      session.seen_at <= clock_timestamp() - make_interval(secs => ${SEEN_SECONDS_MIN}) as unseen
    from staff_session as session join staff_account as staff on staff.id = session.staff_id
    where session.token_sha256 = ${Buffer.from(tokenSha256)} and session.ended_at is null and staff.disabled_at is null
      and session.idle_expires_at > clock_timestamp() and session.expires_at > clock_timestamp()`.execute(
    ctx.db,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  if (row.unseen && isByPerson) await extendIdleExpiry(ctx, row.id)
  return { actor: toActor(row), csrfSha256: row.csrf_sha256, expiresAt: row.expires_at }
}

/** The people of sessions that still run, by session; their expiry is not extended. */
export async function findSessions(
  ctx: Context,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, StaffActor>> {
  const { rows } = await sql<Omit<Row, 'csrf_sha256' | 'expires_at' | 'unseen'>>`
    select session.id, session.staff_id, staff.email, staff.name, staff.roles
    from staff_session as session join staff_account as staff on staff.id = session.staff_id
    where session.id = any (${[...sessionIds]}::uuid[]) and session.ended_at is null and staff.disabled_at is null
      and session.idle_expires_at > clock_timestamp() and session.expires_at > clock_timestamp()`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, toActor(row)]))
}

function toActor(row: Pick<Row, 'id' | 'staff_id' | 'email' | 'name' | 'roles'>): StaffActor {
  const { id: sessionId, staff_id: staffId, email, name, roles } = row
  return { kind: 'staff', staffId, sessionId, email, name, roles: roles.filter(isRole) }
}

type Row = {
  readonly id: string
  readonly staff_id: string
  readonly csrf_sha256: Buffer
  readonly expires_at: Date
  readonly email: string
  readonly name: string
  readonly roles: string[]
  readonly unseen: boolean
}

async function extendIdleExpiry(ctx: Context, sessionId: string): Promise<void> {
  await sql`
    update staff_session set seen_at = clock_timestamp(),
      idle_expires_at = least(clock_timestamp() + make_interval(secs => ${IDLE_SECONDS_MAX}), expires_at)
    where id = ${sessionId} and ended_at is null`.execute(ctx.db)
}
