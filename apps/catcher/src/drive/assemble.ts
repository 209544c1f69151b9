import type { RegistryAccountRow } from '@droplock/core/registries/read'
import { Backoff, type Failures } from '@droplock/epp/pool/failures'
import type { AccountLimits } from '@droplock/epp/pool/limits'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { PROFILES } from '@droplock/epp/profiles/profiles'
import { hasDropHosts, limitsFor } from '@droplock/epp/profiles/registrar-config'
import { lastingRate } from '@droplock/rules/drop/capacity'
import { rankOf } from '@droplock/rules/drop/several-accounts'
import { createEvidence } from '../evidence.ts'
import type { Journal } from '../journal.ts'
import { type Loop } from '../loops.ts'
import { createTargetStore } from '../targets/store.ts'
import { createAlarms } from './alarms.ts'
import { runCatchLoop } from './catch-loop.ts'
import { type Connected, connectAccount } from './connect-account.ts'
import type { Drive } from './drive.ts'
import { createDropHosts, type DropHosts } from './drop-hosts.ts'
import { certificateOf, type OwnCertificate } from './follow-expiries.ts'
import type { HeldLease } from './keep-lease.ts'
import type { LeasedAccount } from './leased-account.ts'
import { initialLeaseState } from './leased-account.ts'
import { createOutcomeRecorder } from './outcome-recorder.ts'
import { PreparedCreates } from './prepared-creates.ts'

/** What was measured of the registry's clock last. Milliseconds; without an `errorMs` nothing was. */
type RegistryClock = {
  offsetMs: number
  errorMs: number | undefined
  arrivalMs: number
  arrivalErrorMs: number
  roundTripMs: number
  /** By our clock. */
  measuredAt: Date | undefined
}

export type Driving = LeasedAccount & {
  /** The account as its sessions were opened. */
  readonly row: RegistryAccountRow
  readonly clock: RegistryClock
  /** Our certificate, where the registry asks for one. */
  readonly certificate: OwnCertificate | undefined
  /** Those of the whole account, and the sessions of its everyday hosts among them. */
  readonly limits: AccountLimits & { readonly everydaySessionsMax: number }
  /** The sessions at the drop's own hosts, while they are connected. */
  readonly dropPool: () => RegistrarPool | undefined
  /** The loops that send commands about the targets in the store. */
  readonly catching: readonly Loop[]
}

/** Least pause between two `info` commands about a name that was applied for: without, and with, a poll message about the award. */
const AWARD_PAUSE_MS_MIN = 5_000
const POLLED_AWARD_PAUSE_MS_MIN = 60_000

/** Builds what driving an account needs from its rows, its registry's profile and the open sessions. */
export function assemble(parts: {
  readonly drive: Drive
  readonly account: RegistryAccountRow
  readonly registry: Connected
  readonly failures: Failures
  readonly lease: HeldLease
  readonly journal: Journal
}): Driving {
  const { drive, account, registry, failures, lease, journal } = parts
  const { pool, limits } = registry
  const { award, feeCap, nameServers = 'objects' } = PROFILES[account.profile]
  const clock = unmeasured(drive, pool)
  const dropHosts = dropHostsOf(drive, account, failures, lease)
  const awardPauseMsMin = award === 'by_poll' ? POLLED_AWARD_PAUSE_MS_MIN : AWARD_PAUSE_MS_MIN
  const share = { rank: rankOf(account.id, account.ours.values()), accounts: account.ours.size }
  const store = createTargetStore()
  const leased: LeasedAccount = {
    ctx: drive.ctx,
    log: drive.log,
    account: {
      id: account.id,
      registryId: account.registryId,
      clid: account.clid,
      commandsPerSecondMax: limits.commandsPerSecondMax,
      failedCreatesPerDayMax: limits.failedCreatesPerDayMax ?? Infinity,
      commandsPerMinuteMax: limits.commandsPerMinuteMax,
      capsAlways: feeCap === 'always',
      awardsByPoll: award === 'by_poll',
      nameServers,
    },
    rule: { ...drive.rules.plan, nameGapMs: limits.nameGapMs ?? 0, awardPauseMsMin, share },
    store,
    creates: new PreparedCreates(store, drive.newAuthInfo),
    pool,
    createPool: dropHosts === undefined ? () => pool : dropHosts.pool,
    lease,
    evidence: createEvidence(journal),
    outcomeRecorder: createOutcomeRecorder(drive.ctx, drive.log, lease.lease),
    alarms: createAlarms(drive.monotonicMs),
    leaseState: initialLeaseState(drive.wallMs(), account),
    measureProbe: (command) => drive.measureProbe?.(account.id, command),
    registryNowMs: () => drive.wallMs() + clock.offsetMs,
    clockErrorMs: () => clock.errorMs,
    arrivalNowMs: () => drive.wallMs() + clock.arrivalMs,
    aim: () => ({ errorMs: clock.arrivalErrorMs, roundTripMs: clock.roundTripMs }),
    monotonicMs: drive.monotonicMs,
    unixMs: drive.unixMs,
    newClTRID: drive.newClTRID,
    newAuthInfo: drive.newAuthInfo,
    authCodes: drive.authCodes,
  }
  const certificate = certificateOf(account, drive.credentials)
  const whole = limitsFor(PROFILES[account.profile].limits, account.limits)
  return {
    ...leased,
    row: account,
    clock,
    certificate,
    limits: { ...whole, everydaySessionsMax: limits.sessionsMax },
    dropPool: () => dropHosts?.pool(),
    catching: catchingOf(leased, registry, dropHosts),
  }
}

/** Until the registry's clock is measured: by its greeting, so that a machine whose clock is wrong sends nothing long before its time. */
function unmeasured(
  { rules: { plan }, unixMs, wallMs }: Drive,
  pool: Pick<RegistrarPool, 'clockOfGreetings'>,
): RegistryClock {
  const { offsetMs: measuredMs, errorMs } = pool.clockOfGreetings() ?? { offsetMs: 0, errorMs: 0 }
  const offsetMs = measuredMs + unixMs() - wallMs()
  return {
    offsetMs,
    errorMs: undefined,
    arrivalMs: offsetMs,
    arrivalErrorMs: plan.aimLeadMs + errorMs,
    roundTripMs: plan.aimLeadMs,
    measuredAt: undefined,
  }
}

function dropHostsOf(
  drive: Drive,
  account: RegistryAccountRow,
  failures: Failures,
  lease: HeldLease,
): DropHosts | undefined {
  if (!hasDropHosts(account)) return undefined
  const connect = (rateInUse: boolean, signal: AbortSignal) => {
    const connecting = { ...drive, pauses: new Backoff(drive.random), failures, rateInUse }
    return connectAccount(connecting, account, 'drop', lease, signal)
  }
  return createDropHosts(connect)
}

function catchingOf(
  leased: LeasedAccount,
  { pool, limits, untilRefused }: Connected,
  dropHosts: DropHosts | undefined,
): readonly Loop[] {
  const sends = dropHosts === undefined ? 'all' : 'questions'
  const commandsPerSecondMax = lastingRate(limits)
  const senders = { pool, sends, commandsPerSecondMax } as const
  const everyday: Loop = (signal) => runCatchLoop(leased, senders, signal)
  const common = [everyday, untilRefused]
  return dropHosts === undefined ? common : [...common, (signal) => dropHosts.catchUntil(leased, signal)]
}
