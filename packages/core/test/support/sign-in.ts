import { type AccessPolicy, usualAccess } from '@droplock/rules/staff'
import { asService, type Context, type StaffContext } from '../../src/context.ts'
import { keyringOf } from '../../src/keys/keyring.ts'
import { secretBoxOf } from '../../src/keys/secret-box.ts'
import { addStaff } from '../../src/staff/administer.ts'
import { authenticateSession } from '../../src/staff/authenticate.ts'
import type { SignedIn } from '../../src/staff/open-session.ts'
import type { SecondFactors } from '../../src/staff/second-factor/codes.ts'
import { confirmSecondFactor, startSecondFactor } from '../../src/staff/second-factor/enrol.ts'
import { signIn } from '../../src/staff/sign-in.ts'
import { signInByCode } from '../../src/staff/sign-in-by-code.ts'

export const EMAIL = 'ann@example.test'
export const PASSWORD = 'right'

export function givenAnn(ctx: Context): Promise<string> {
  const ann = { email: EMAIL, name: 'Ann', roles: ['finance'], passwordHash: `hash of ${PASSWORD}` } as const
  return addStaff(asService(ctx), ann)
}

/** A stand-in for Argon2id. */
export const verify = async (hash: string, password: string) => hash === `hash of ${password}`

const codeOf = (of: number) => String(of).padStart(6, '0')

/** A telephone and its clock: the code of a time step is its number. The server accepts a step before and after. */
export function makePhone() {
  let step = 100
  const factors: SecondFactors = {
    boxes: keyringOf(['a key of tests that everybody may know'], secretBoxOf),
    stepOf: (_secret, code) => (Math.abs(Number(code) - step) <= 1 ? Number(code) : undefined),
  }
  return {
    factors,
    code: () => codeOf(step),
    earlier: () => codeOf(step - 1),
    wrong: () => codeOf(step + 77),
    /** Half a minute passes. */
    wait: (steps = 1) => void (step += steps),
  }
}

export type Phone = ReturnType<typeof makePhone>

type From = {
  readonly source?: string
  readonly device?: string
  readonly token?: string
  readonly password?: string
  readonly policy?: AccessPolicy
}

const tokensOf = ({ source = '192.0.2.1', device, token = 'token', policy = usualAccess }: From) => ({
  source,
  deviceSha256: device === undefined ? undefined : Buffer.from(device),
  userAgent: 'Firefox',
  tokenSha256: Buffer.from(token),
  csrfSha256: Buffer.from('csrf'),
  newDeviceSha256: Buffer.from(`device of ${token}`),
  challengeSha256: Buffer.from(`challenge of ${token}`),
  policy,
})

/** The first step. */
export function typePassword(ctx: Context, from: From = {}) {
  const { password = PASSWORD } = from
  return signIn(ctx, { email: EMAIL, password, verify, decoyHash: 'hash of nothing', ...tokensOf(from) })
}

/** The second step. */
export function typeCode(ctx: Context, phone: Phone, code: string, from: From = {}) {
  return signInByCode(ctx, { ...tokensOf(from), code, factors: phone.factors })
}

/** The context of a session that was just opened. */
export async function sessionOf(ctx: Context, from: From = {}): Promise<StaffContext> {
  const begun = await typePassword(ctx, from)
  if (begun.kind === 'code_needed') throw new Error('a code is needed')
  return { ...ctx, actor: begun.actor }
}

/** What the session of the token may do now. */
export async function actorOf(ctx: Context, token = 'token', policy: AccessPolicy = usualAccess) {
  return (await authenticateSession(ctx, Buffer.from(token), policy))?.actor
}

/** Sets up a second factor. Returns the recovery codes; the code of the moment is used then. */
export async function givenSecondFactor(session: StaffContext, phone: Phone): Promise<readonly string[]> {
  await startSecondFactor(session, {
    secret: Buffer.from('the secret of the phone'),
    boxes: phone.factors.boxes,
  })
  return confirmSecondFactor(session, { code: phone.code(), factors: phone.factors })
}

/** A sign-in in both steps. */
export async function signInBoth(
  ctx: Context,
  phone: Phone,
  code: string,
  from: From = {},
): Promise<SignedIn> {
  await typePassword(ctx, from)
  return typeCode(ctx, phone, code, from)
}
