import {
  type OpenPasswordChange,
  type PasswordStep,
  readOpenPasswordChange,
  recordPasswordStep,
} from '@droplock/core/password-changes/carry-out'
import { recordPasswordExpiry } from '@droplock/core/password-changes/note-expiry'
import { getRegistryAccount, type RegistryAccountRow } from '@droplock/core/registries/read'
import { isDropNear } from '@droplock/core/targets/is-drop-near'
import { RegistrarUnavailable } from '@droplock/epp/connect'
import type { SecurityEvent } from '@droplock/epp/extensions/login-sec'
import { type LoginResult, logInOnce } from '@droplock/epp/log-in-once'
import { registrarConfigFor } from '@droplock/epp/profiles/registrar-config'
import { QUIET_MS } from './await-new-settings.ts'
import { passwordOf, secretsFor } from './connect-account.ts'
import type { Drive } from './drive.ts'
import type { HeldLease } from './keep-lease.ts'

/** Registries lock accounts for repeated wrong passwords: after this many lost logins a person decides. */
const ATTEMPTS_MAX = 3

/** The code of a login with a wrong password, and of one too many. RFC 5730 §3. */
const WRONG_PASSWORD: ReadonlySet<number> = new Set([2200, 2501])

/** The registry has no session for us at this moment: nothing was changed, and it is tried again. */
const LATER: ReadonlySet<number> = new Set([2400, 2500, 2502])

type Changing = {
  readonly drive: Drive
  readonly lease: HeldLease
  readonly account: RegistryAccountRow
  readonly change: OpenPasswordChange
  readonly signal: AbortSignal
}

/**
 * Carries out the requested change of the account's password, before its sessions are opened, unless a name is about to drop: then the
 * old one is used until nothing is. That the login is sent is written first: if its answer is lost, either password may be in force. Then
 * the new one is tried, once, and where it is wrong the change is sent anew, with the old one: so at most one login in a row is wrong. While
 * a name drops it is only found out which one is in force.
 * Throws RegistrarUnavailable when no answer came.
 */
export async function changePassword(drive: Drive, lease: HeldLease, signal: AbortSignal): Promise<void> {
  const change = await readOpenPasswordChange(drive.ctx, drive.accountId)
  if (change === undefined) return
  const quietMs = QUIET_MS + drive.rules.refresh.fireLeadMs
  const mayChange = !(await isDropNear(drive.ctx, drive.accountId, quietMs))
  if (change.state === 'requested' && !mayChange) return
  const account = await getRegistryAccount(drive.ctx, drive.accountId)
  const changing = { drive, lease, account, change, signal }
  const next = passwordOf(drive.credentials, change.toName)
  if (next === undefined) {
    // After a login was sent it may be in force, so it is looked for until the credentials have it.
    const message = `the credentials of ${account.id} have no password ${change.toName}`
    if (change.state === 'sent') throw new Error(message)
    return record(changing, { event: 'fail', code: null, message })
  }
  if (change.state === 'requested') return send(changing, next)
  const isUnchanged = await findOut(changing, next)
  if (isUnchanged && mayChange)
    await send({ ...changing, change: { ...changing.change, state: 'requested' } }, next)
}

async function send(changing: Changing, newPassword: string): Promise<void> {
  if (changing.change.attempts >= ATTEMPTS_MAX) {
    const message = `no answer to ${ATTEMPTS_MAX} logins; the old password is in force`
    return record(changing, { event: 'fail', code: null, message })
  }
  await record(changing, { event: 'send' })
  const sent: Changing = { ...changing, change: { ...changing.change, state: 'sent' } }
  const result = await logIn(sent, { newPassword })
  if (result.kind === 'accepted') return record(sent, { event: 'succeed' })
  if (result.kind === 'unknown') throw new RegistrarUnavailable(result.reason)
  if (LATER.has(result.code)) {
    await record(sent, { event: 'find_unchanged' })
    throw new RegistrarUnavailable(result.reason)
  }
  // The old password stays; if it is what is wrong, the login that follows says so.
  return record(sent, { event: 'fail', code: result.code, message: result.reason })
}

/** The answer to the login that changes it was lost. Whether the old one is in force. */
async function findOut(changing: Changing, newPassword: string): Promise<boolean> {
  const result = await logIn(changing, { password: newPassword })
  if (result.kind === 'accepted') {
    await record(changing, { event: 'succeed' })
    return false
  }
  if (result.kind === 'unknown' || !WRONG_PASSWORD.has(result.code))
    throw new RegistrarUnavailable(result.reason)
  await record(changing, { event: 'find_unchanged' })
  return true
}

type Passwords = { readonly password?: string; readonly newPassword?: string }

function logIn(changing: Changing, passwords: Passwords): Promise<LoginResult> {
  const { drive, account, lease, signal } = changing
  const config = registrarConfigFor(account, secretsFor(account, drive.credentials), 'everyday')
  const credentials = { ...config.credentials, ...passwords }
  return logInOnce(
    { ...config, credentials, inherited: { rateInUse: true } },
    { maySend: lease.maySend, signal },
  )
}

async function record({ drive, lease, change }: Changing, step: PasswordStep): Promise<void> {
  await recordPasswordStep(drive.ctx, change, step, lease.lease)
  const { event, ...facts } = step
  const level = event === 'fail' ? 'error' : 'info'
  drive.log[level]({ event: `password.${event}`, name: change.toName, ...facts })
}

/** Keeps when the registry says that the password expires. RFC 8807 §3.1. */
export function noteExpiry({ ctx, accountId, log }: Drive): (event: SecurityEvent) => void {
  return ({ type, expiresAt }) => {
    if (type !== 'password' || expiresAt === undefined) return
    recordPasswordExpiry(ctx, accountId, expiresAt).catch((error: unknown) =>
      log.error({ event: 'password.expiry_not_kept', err: error }),
    )
  }
}
