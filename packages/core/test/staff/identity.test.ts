import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { proveByIdentity } from '../../src/staff/identity/prove.ts'
import { type Identity, signInByIdentity } from '../../src/staff/identity/sign-in.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf } from '../support/world.ts'

const identity: Identity = {
  issuer: 'https://id.test',
  subject: 'ann',
  email: 'ann@example.test',
  name: 'Ann',
  roles: ['operator'],
  hasSecondFactor: false,
}

const signIn = (ctx: Context, token: string) =>
  signInByIdentity(ctx, {
    identity,
    source: '192.0.2.1',
    userAgent: 'Firefox',
    deviceSha256: undefined,
    tokenSha256: Buffer.from(token),
    csrfSha256: Buffer.from('csrf'),
    newDeviceSha256: Buffer.from(`device of ${token}`),
    challengeSha256: Buffer.from(`challenge of ${token}`),
    policy: { proofSeconds: 600, secondFactorRoles: [] },
  })

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )

test('a proof at the provider counts only where it has asked the person anew', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const begun = await signIn(ctx, 'token')
    if (begun.kind !== 'signed_in') throw new Error('no code is needed')
    const askedAt = new Date()
    const prove = (authenticatedAt: Date | undefined) =>
      codeOf(proveByIdentity(ctx, { sessionId: begun.actor.sessionId, identity, authenticatedAt, askedAt }))
    expect(await prove(undefined)).toBe('identity_proof_old')
    expect(await prove(new Date(askedAt.getTime() - 60_000))).toBe('identity_proof_old')
    expect(await prove(new Date(askedAt.getTime() + 1_000))).toBe('done')
  }))

test('of two first sign-ins of one person at once one account comes, and the other is tried again', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const results = await Promise.all([codeOf(signIn(ctx, 'one')), codeOf(signIn(ctx, 'two'))])
    for (const result of results) expect(['done', 'try_again']).toContain(result)
    expect(results).toContain('done')
    expect(await clone.db.selectFrom('staff_account').select('id').execute()).toHaveLength(1)
    expect(await codeOf(signIn(ctx, 'three'))).toBe('done')
  } finally {
    await clone.drop()
  }
})
