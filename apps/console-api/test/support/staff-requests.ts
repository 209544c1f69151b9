import type { Context } from '@droplock/core/context'
import { givenStaff } from '../../../../packages/core/test/support/world.ts'

const post = (path: string, body: unknown) => ({ method: 'POST', path, body })

/** Requests about the people of the console, each about a person of its own. */
export async function staffRequests(ctx: Context, reason: string) {
  const person = async () => {
    const { staffId } = (await givenStaff(ctx, 'viewer')).actor
    const [now, later] = [new Date(), new Date(Date.now() + 3_600_000)]
    await ctx.db
      .insertInto('staff_session')
      .values({
        id: ctx.newId(),
        staff_id: staffId,
        token_sha256: Buffer.from(ctx.newId()),
        csrf_sha256: Buffer.from(''),
        created_at: now,
        seen_at: now,
        idle_expires_at: later,
        expires_at: later,
      })
      .execute()
    await ctx.db
      .insertInto('staff_totp')
      .values({
        id: ctx.newId(),
        staff_id: staffId,
        secret: Buffer.from(''),
        key_id: '',
        created_at: now,
        confirmed_at: now,
        used_step: 1n,
      })
      .execute()
    return `/api/staff/${staffId}`
  }
  const invited = { email: 'new@example.test', name: 'New', roles: ['viewer'], reason }
  const token = 'x'.repeat(43)
  return {
    getSignInMeans: { path: '/api/session/means' },
    askProvider: post('/api/session/provider', { window: false }),
    askProviderAnew: post('/api/session/provider/proof', { window: true }),
    listStaff: { path: '/api/staff' },
    inviteStaff: post('/api/staff', invited),
    getStaffMember: { path: await person() },
    changeStaffMember: post(await person(), { name: 'Ann', roles: ['finance'], version: 1, reason }),
    disableStaffMember: post(`${await person()}/disable`, { reason }),
    enableStaffMember: post(`${await person()}/enable`, { reason }),
    sendPasswordLink: post(`${await person()}/password-link`, { reason }),
    resetStaffSecondFactor: post(`${await person()}/second-factor/reset`, { reason }),
    listStaffSessions: { path: `${await person()}/sessions` },
    endStaffSessions: post(`${await person()}/sessions/end`, { reason }),
    readStaffLink: post('/api/staff-link', { token }),
    choosePassword: post('/api/staff-link/password', { token, password: 'another long enough password' }),
    getAuditPeople: { path: '/api/audit/people' },
  }
}
