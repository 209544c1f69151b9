import { endRdapTurn, takeRdapTurn } from '@droplock/core/rdap-hosts'
import type { Attempt } from '@droplock/core/targets/record'
import { queryRdap, type RdapLookup } from '@droplock/rdap/query-rdap'
import { decideByRdap } from '@droplock/rules/drop/decide-by-rdap'
import type { RdapAnswer } from '@droplock/rules/ports/rdap'
import { pause } from '../loops.ts'
import { observeRdap } from '../plan/observe-rdap.ts'
import { priorCrDateOf, type Target } from '../plan/target.ts'
import { settle } from './catch-loop.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often to check for names whose end is to be explained. They are past their grace, so this is not urgent. */
const CHECK_MS = 500

/**
 * Asks RDAP, until the signal aborts, about names that are past their grace and about which the registry says only that they
 * are not ours. One at a time: RDAP servers limit requests, and a `Retry-After` applies to all names of a server.
 */
export async function explainUntil(leased: LeasedAccount, signal: AbortSignal): Promise<void> {
  const quietUntilMs = new Map<string, number>()
  while (!signal.aborted) {
    const target = nextToExplain(leased, quietUntilMs)
    if (target === undefined || !(await tryExplain(leased, target, quietUntilMs, signal)))
      await pause(CHECK_MS, signal)
  }
}

type Asked = Target & { readonly rdapUrl: string }

function nextToExplain({ store, registryNowMs }: LeasedAccount, quiet: ReadonlyMap<string, number>) {
  const nowMs = registryNowMs()
  const isDue = (target: Target): target is Asked =>
    target.phase === 'not_ours' &&
    target.rdapUrl !== null &&
    (target.rdap?.againMs ?? 0) <= nowMs &&
    (quiet.get(target.rdapUrl) ?? 0) <= nowMs
  return [...store.all()].find(isDue)
}

/**
 * Asks when it is the server's turn: workers ask the same servers about suspects. False where it was not, or the database is away:
 * then it is tried again.
 */
async function tryExplain(
  leased: LeasedAccount,
  target: Asked,
  quietUntilMs: Map<string, number>,
  signal: AbortSignal,
): Promise<boolean> {
  const { ctx, log } = leased
  const { hostname } = new URL(target.rdapUrl)
  const requestId = ctx.newId()
  try {
    if (!(await takeRdapTurn(ctx, hostname, requestId))) return false
    const lookup = await explain(leased, target, quietUntilMs, signal)
    await endRdapTurn(ctx, hostname, requestId, lookup)
    return true
  } catch (error) {
    log.error({ event: 'rdap.failed', err: error })
    return false
  }
}

async function explain(
  leased: LeasedAccount,
  target: Asked,
  quietUntilMs: Map<string, number>,
  signal: AbortSignal,
): Promise<RdapLookup> {
  const sentAt = new Date(leased.unixMs())
  const sentAtMs = leased.monotonicMs()
  const lookup = await queryRdap(target.rdapUrl, target.name, signal)
  // A request that we aborted has no answer.
  if (signal.aborted) return lookup
  const answeredMs = leased.monotonicMs() - sentAtMs
  leased.evidence.done(attemptOf(leased, target, lookup, { sentAt, answeredMs }))
  const { answer } = lookup
  const nowMs = leased.registryNowMs()
  if (answer.kind === 'unavailable' && answer.retryAfterMs !== undefined)
    quietUntilMs.set(target.rdapUrl, nowMs + answer.retryAfterMs)
  const freshSince = new Date(target.graceUntilMs)
  const verdict = decideByRdap(answer, { ...target, priorCrDate: priorCrDateOf(target), freshSince })
  const observed = observeRdap(target, verdict, nowMs)
  leased.store.put(observed.target)
  settle(leased, observed)
  return lookup
}

function attemptOf(
  leased: LeasedAccount,
  target: Target,
  { answer, status }: RdapLookup,
  { sentAt, answeredMs }: { readonly sentAt: Date; readonly answeredMs: number },
): Attempt {
  const common = {
    clTRID: leased.newClTRID(),
    targetId: target.id,
    registryAccountId: leased.account.id,
    command: 'rdap',
    sentAt,
    message: describeAnswer(answer),
    svTRID: null,
  } as const
  if (status === null) {
    return { ...common, answeredAt: null, roundTripUs: null, outcome: 'unknown', code: null }
  }
  const answeredAt = new Date(sentAt.getTime() + answeredMs)
  const roundTripUs = Math.round(1_000 * answeredMs)
  return { ...common, answeredAt, roundTripUs, outcome: 'answered', code: status }
}

/** The RDAP answer as customers see it in the evidence. */
function describeAnswer(answer: RdapAnswer): string {
  if (answer.kind === 'absent') return 'no such domain'
  if (answer.kind === 'unavailable') return answer.reason
  const { registeredAt, registrar, statuses } = answer.domain
  const since = registeredAt === undefined ? 'registered' : `registered ${registeredAt.toISOString()}`
  const by = registrar === undefined ? '' : ` by ${registrar}`
  return `${since}${by}${statuses.length === 0 ? '' : ` (${statuses.slice(0, 10).join(', ')})`}`
}
