import { claimDueRequest, type DueChange, type DueRequest } from '@droplock/core/registry-requests/claim-due'
import { recordUnfinished } from '@droplock/core/registry-requests/record'
import { pause } from '../loops.ts'
import { isProbing, type RegistryMs, type Target } from '../plan/target.ts'
import { serveAuthCode, unsetAuthCode } from './auth-code.ts'
import { serveContacts } from './contacts.ts'
import { serveDeletion } from './delete.ts'
import { serveContact } from './make-contact.ts'
import { serveNameServers } from './name-servers.ts'
import { serveRenewal } from './renew.ts'
import type { Serving } from './serving.ts'

/**
 * Serves the requests for the registry account (renewals, contacts, changes and deletions of registrations), one at a time, until the signal aborts:
 * always outside fire windows, and within a reserved share of the rate inside one, where changes wait. A request that fails is logged
 * and tried again.
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
    const nowMs = on.registryNowMs()
    const changes = !isFiring(facts.targets, rule.fireLeadMs, nowMs)
    const served = mayServe(facts, nowMs) && (await serveOne(on, changes))
    if (served) lastServedMs = on.registryNowMs()
    else await pause(rule.everyMs, signal)
  }
}

/** Serves one request if there is one. Returns whether it was served. */
async function serveOne(on: Serving, changes: boolean): Promise<boolean> {
  let request: DueRequest | undefined
  try {
    if (!on.lease.maySend()) return false
    request = await claimDueRequest(on.ctx, on.account.id, { changes })
    if (request === undefined || !on.lease.maySend()) return false
    await serve(on, request)
    return true
  } catch (error) {
    on.log.error({ event: 'request.failed', err: error })
    if (request !== undefined) await postpone(on, request.id)
    return false
  }
}

/** Later ones are served before it is tried again: otherwise one that always fails would block them all. */
async function postpone(on: Serving, requestId: string): Promise<void> {
  try {
    if (on.lease.maySend()) await recordUnfinished(on.ctx, requestId, {})
  } catch (error) {
    on.log.error({ event: 'request.not_postponed', err: error })
  }
}

const changers = {
  name_servers: serveNameServers,
  contacts: serveContacts,
  auth_code: serveAuthCode,
} as const satisfies Record<DueChange['change'], (on: Serving, request: DueChange) => Promise<void>>

async function serve(on: Serving, request: DueRequest): Promise<void> {
  switch (request.kind) {
    case 'renew':
      return serveRenewal(on, request)
    case 'contact_create':
      return serveContact(on, request)
    case 'auth_code_unset':
      return unsetAuthCode(on, request)
    case 'delete':
      return serveDeletion(on, request)
    case 'registration_change':
      return changers[request.change](on, request)
  }
}

/**
 * The share of an account's commands for requests during a fire window: small enough to cost no name, and large enough that renewals
 * do not wait through a day of drops.
 */
const SHARE_IN_FIRE = 0.02

/** `info`, the command itself, and `info` again after a refusal. */
const COMMANDS_PER_REQUEST_MAX = 3

export type RequestRule = {
  /** How often requests are read from the database. */
  readonly everyMs: number
}

type ServeFacts = {
  readonly targets: Iterable<Target>
  /** How long before its drop a target's fire window begins. */
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

/** Whether a target fires, or its fire window is about to begin. One that is only probed slowly in its grace does not count. */
export function isFiring(targets: Iterable<Target>, fireLeadMs: number, nowMs: RegistryMs): boolean {
  for (const target of targets) {
    const { phase, dropFromMs } = target
    if (isProbing(target, nowMs)) continue
    if (phase === 'firing' || phase === 'ambiguous') return true
    if (phase === 'waiting' && nowMs >= dropFromMs - fireLeadMs) return true
  }
  return false
}
