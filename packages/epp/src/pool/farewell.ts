import type { Clock } from '../clock.ts'
import type { Session } from '../session/session.ts'
import type { Desk } from './desk.ts'
import type { Permit } from './rate-window.ts'

/** How often a session that is to log out looks whether it is free. */
const LOOK_MS = 10

/**
 * Logs a session out as soon as it is free and the rate allows it; after `lateInMs` it ends without that. The caller sees
 * to it that nobody is given the session any more. Never rejects. RFC 5730 §2.9.1.2.
 */
export async function logOutWhenFree(
  session: Session,
  { desk, clock }: { readonly desk: Desk; readonly clock: Clock },
  lateInMs: number,
): Promise<void> {
  const late = Promise.withResolvers<undefined>()
  const cancel = clock.after(lateInMs, () => late.resolve(undefined))
  const untilMs = clock.nowMs() + lateInMs
  while (session.state !== 'closed' && !desk.isIdle(session) && clock.nowMs() < untilMs) {
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(LOOK_MS, resolve)
    await promise
  }
  const wanted = desk.permit().catch(() => undefined)
  const permit = await Promise.race([wanted, late.promise])
  cancel()
  if (permit === undefined) void wanted.then((unused: Permit | undefined) => unused?.giveBack())
  else await session.logOut(() => permit.sent())
  permit?.giveBack()
  session.end('there was no time to log out')
}
