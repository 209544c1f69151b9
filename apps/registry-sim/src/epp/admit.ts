import { admitClTRID, admitCommand, LOCKED } from '../registry/account.ts'
import type { Command, Verb } from './read-command.ts'
import type { ResultCode } from './result-codes.ts'
import { isOpenTo, type Moment, type Session } from './session.ts'
import type { Answer } from './xml.ts'

const TRANSFORMS: ReadonlySet<Verb> = new Set(['create', 'delete', 'renew', 'transfer', 'update'])

/** What happens to a command beyond the rate, by the registry's settings. It is never run. */
function overRate({ registry }: Session): Answer | 'cut' {
  const { overRate: manner } = registry.settings
  if (manner === 'cut') return 'cut'
  return { code: manner === 'close' ? 2502 : 2400, reason: 'Too many commands' }
}

/** One transform per gap. An early one is not run, and each delays the next one by the penalty. */
function admitTransform(session: Session, nowMs: number): Answer | undefined {
  const rule = session.registry.settings.transformGap
  if (!rule || !session.account) return undefined
  if (nowMs >= session.transformDueMs) {
    session.transformDueMs = nowMs + rule.gapMs
    return undefined
  }
  session.account.violations.earlyTransforms += 1
  session.transformDueMs = Math.max(session.transformDueMs, nowMs) + rule.penaltyMs
  return { code: 2400, reason: `Too early: wait ${session.transformDueMs - nowMs} ms` }
}

/** Whether the account, the session's age and the registry's opening hours allow a command. */
function admitSession(session: Session, nowMs: number): Answer | 'cut' | undefined {
  const { account, registry } = session
  if (!account) return undefined
  if (account.lock) return { code: account.lock.sessionCode, reason: LOCKED }
  if (nowMs - session.loggedInAtMs >= (registry.settings.sessionLifeMs ?? Number.POSITIVE_INFINITY)) {
    account.violations.sessionLife += 1
    return 'cut'
  }
  if (isOpenTo(session, nowMs)) return undefined
  account.violations.closedHours += 1
  return { code: 2500, reason: 'The registry is closed at this hour' }
}

/**
 * Why a document is not run, or `undefined` when it is. Counts the use of the limits, or the violation. Called once for every
 * document, and again with the command if the document contains one.
 */
export function admit(
  session: Session,
  command: Command | undefined,
  { nowMs, clTRID }: Moment,
): Answer | 'cut' | undefined {
  const { account, registry } = session
  if (command) {
    if (account && command.verb === 'info') account.used.infos += 1
    const isRepeated = account && registry.settings.clTRIDs === 'unique' && !admitClTRID(account, clTRID)
    if (isRepeated) return 'cut'
    return TRANSFORMS.has(command.verb) ? admitTransform(session, nowMs) : undefined
  }
  if (!account) return undefined
  const ended = admitSession(session, nowMs)
  if (ended !== undefined) return ended
  if (!admitCommand(account, nowMs)) return overRate(session)
  session.commands += 1
  return undefined
}

/**
 * Blocks the session after an error if the registry does so. Returns true when this was its last command, which is a violation: a
 * client should have replaced the session before.
 */
export function endsAfterAnswer(session: Session, code: ResultCode, nowMs: number): boolean {
  const { account, registry } = session
  if (!account) return false
  const { errorBlockMs } = registry.settings
  if (errorBlockMs !== undefined && code >= 2000) session.blockedUntilMs = nowMs + errorBlockMs
  if (session.commands < session.commandsMax || code === 1500) return false
  account.violations.sessionCommands += 1
  return true
}
