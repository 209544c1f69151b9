import { takeDueRequest } from '@droplock/core/registry-requests/take-due'
import { pause } from '../loops.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import { serveContact } from './make-contact.ts'
import { serveRenewal } from './renew.ts'
import type { Serving } from './serving.ts'

/**
 * Serves what others ask of the registry account, one after the other, until the signal aborts: in quiet times, and within a
 * reserved share while it fires. What fails is logged and found again.
 */
export async function serveRequests(
  on: Serving,
  rule: RequestRule & { readonly fireLeadMs: number },
  signal: AbortSignal,
): Promise<void> {
  let lastServedMs = -Infinity
  while (!signal.aborted) {
    const { commandsPerSecondMax } = on.account
    const facts = {
      targets: on.store.all(),
      fireLeadMs: rule.fireLeadMs,
      commandsPerSecondMax,
      lastServedMs,
    }
    const served = mayServe(facts, on.registryNowMs()) && (await serveOne(on))
    if (served) lastServedMs = on.registryNowMs()
    else await pause(rule.everyMs, signal)
  }
}

/** Whether there was one, and it was served without issue of our own. */
async function serveOne(on: Serving): Promise<boolean> {
  try {
    if (!on.lease.maySend()) return false
    const request = await takeDueRequest(on.ctx, on.account.id)
    if (request === undefined || !on.lease.maySend()) return false
    await (request.kind === 'renew' ? serveRenewal(on, request) : serveContact(on, request))
    return true
  } catch (error) {
    on.log.error({ event: 'request.failed', err: error })
    return false
  }
}

/**
 * The share of an account's commands that requests may have while it fires: little enough to cost no name, and enough that a day
 * of drops does not keep renewals waiting.
 */
const SHARE_IN_FIRE = 0.02

/** `info`, the command itself, and `info` again where the registry said no. */
const COMMANDS_PER_REQUEST_MAX = 3

export type RequestRule = {
  /** How often the database is asked for requests. */
  readonly everyMs: number
}

type ServeFacts = {
  readonly targets: Iterable<Target>
  /** A target's fire window begins so long before its drop. */
  readonly fireLeadMs: number
  readonly commandsPerSecondMax: number
  readonly lastServedMs: RegistryMs
}

/** Whether a request may be served now: always outside fire windows, and within the reserved share in one. Pure. */
export function mayServe(facts: ServeFacts, nowMs: RegistryMs): boolean {
  const { targets, fireLeadMs, commandsPerSecondMax, lastServedMs } = facts
  if (!isFiring(targets, fireLeadMs, nowMs)) return true
  const gapMs = (1_000 * COMMANDS_PER_REQUEST_MAX) / (commandsPerSecondMax * SHARE_IN_FIRE)
  return nowMs - lastServedMs >= gapMs
}

function isFiring(targets: Iterable<Target>, fireLeadMs: number, nowMs: RegistryMs): boolean {
  for (const { phase, dropFromMs } of targets) {
    if (phase === 'firing' || phase === 'ambiguous') return true
    if (phase === 'waiting' && nowMs >= dropFromMs - fireLeadMs) return true
  }
  return false
}
