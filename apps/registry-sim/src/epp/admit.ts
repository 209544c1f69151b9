import { admitClTRID, admitCommand } from '../registry/account.ts'
import type { Command, Verb } from './read-command.ts'
import type { ResultCode } from './result-codes.ts'
import { isOpenTo, type Moment, type Session } from './session.ts'
import type { Answer } from './xml.ts'

const TRANSFORMS: ReadonlySet<Verb> = new Set(['create', 'delete', 'renew', 'transfer', 'update'])

/** Over the rate nothing is run; what the registry does instead is in its settings. */
function overRate({ registry }: Session): Answer | 'cut' {
  const { overRate: manner } = registry.settings
  if (manner === 'cut') return 'cut'
  return { code: manner === 'close' ? 2502 : 2400, reason: 'Too many commands' }
}

/** One transform a gap; an early one is not run, and each puts the next one off by the penalty. */
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

/** The session's own ends: its age, and the registry's hours. */
function admitSession(session: Session, nowMs: number): Answer | 'cut' | undefined {
  const { account, registry } = session
  if (!account) return undefined
  if (nowMs - session.loggedInAtMs >= (registry.settings.sessionLifeMs ?? Number.POSITIVE_INFINITY)) {
    account.violations.sessionLife += 1
    return 'cut'
  }
  if (isOpenTo(session, nowMs)) return undefined
  account.violations.closedHours += 1
  return { code: 2500, reason: 'The registry is closed at this hour' }
}

/**
 * Why a document is not run, or `undefined` when it is; counts what it used, or the violation. Asked once for every
 * document, and again with the command when it turned out to be one.
 */
export function admit(
  session: Session,
  command: Command | undefined,
  { nowMs, clTRID }: Moment,
): Answer | 'cut' | undefined {
  const { account, registry } = session
  if (command) {
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
 * What an answer costs the session: an error may block it. True when this was its last command, which is a violation: a
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
