import { type Fault, injectFault } from '../registry/faults.ts'
import { nextSvTRID, present } from '../registry/registry.ts'
import { admit, endsAfterAnswer } from './admit.ts'
import { carryOut, type Done } from './carry-out.ts'
import { waitingMessages } from './commands/poll.ts'
import { decide } from './decide.ts'
import { findClTRID, readCommand } from './read-command.ts'
import { EppFault, endsSession } from './result-codes.ts'
import { endSession, type Moment, type Session } from './session.ts'
import { type Answer, type Element, readXml, writeGreeting, writeResponse } from './xml.ts'

/**
 * The answer to one document, its delay, the fault that changes it on its way, and whether the connection goes on: `end` after
 * the answer, `cut` at once, `half_close` by the registry's side only, `stall` without any further answer.
 */
export type Answered = {
  readonly xml?: string
  readonly after: 'stay' | 'end' | 'cut' | 'half_close' | 'stall'
  readonly delayMs?: number
  readonly fault?: Fault
}

type Parsed = { readonly root?: Element; readonly refusal?: Answer }

function refusalOf(error: unknown): Answer {
  if (!(error instanceof EppFault)) throw error
  return { code: error.code, reason: error.message }
}

/** Parses a document. At a strict registry it must also be valid by the published schemas. */
function parse(session: Session, document: Buffer): Parsed {
  try {
    const root = readXml(document)
    const complaint = session.registry.validate?.(document)
    if (complaint === undefined) return { root }
    if (session.account) session.account.violations.invalid += 1
    return { root, refusal: { code: 2001, reason: complaint.slice(0, 500) } }
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
}

function replyTo(session: Session, root: Element, moment: Moment): Done | 'hello' {
  try {
    const command = readCommand(root)
    if (command === 'hello') return 'hello'
    const refusal = admit(session, command, moment)
    if (refusal !== undefined) return { ending: refusal }
    const decision = decide(session, command, moment)
    return decision === 'cut' ? { ending: 'cut' } : carryOut(session, command, decision)
  } catch (error) {
    return { ending: refusalOf(error) }
  }
}

/** The greeting, on connecting or after a hello. A fault may change its time, or replace it by a plain text. */
export function greet(session: Session, target: 'connect' | 'hello' = 'connect'): Answered {
  const { registry } = session
  const nowMs = present(registry)
  const fault = injectFault(registry.faults, { target, names: [], commits: false })
  const skewMs = fault?.kind === 'skewed_sv_date' ? (fault.skewMs ?? 0) : 0
  return { xml: writeGreeting(registry.settings, nowMs + skewMs), after: 'stay', ...(fault ? { fault } : {}) }
}

function clTRIDFor(fault: Fault | undefined, moment: Moment): string | undefined {
  if (fault?.kind === 'missing_cltrid') return undefined
  return fault?.kind === 'invented_cltrid' ? `invented-${moment.svTRID}` : moment.clTRID
}

function write(session: Session, result: Answer, fault: Fault | undefined, moment: Moment): string {
  const msgQ = result.msgQ ?? (session.account && waitingMessages(session.account))
  return writeResponse(
    msgQ === undefined ? result : { ...result, msgQ },
    clTRIDFor(fault, moment),
    moment.svTRID,
  )
}

function finish(session: Session, { ending, delayMs, fault }: Done, moment: Moment): Answered {
  if (typeof ending === 'string') {
    if (ending !== 'stall') endSession(session)
    return { after: ending }
  }
  const xml = write(session, ending, fault, moment)
  const after =
    endsAfterAnswer(session, ending.code, moment.nowMs) || endsSession(ending.code) ? 'end' : 'stay'
  if (after === 'end') endSession(session)
  return { xml, after, ...(delayMs ? { delayMs } : {}), ...(fault ? { fault } : {}) }
}

/** Runs one document and answers it. No other command runs in between. */
export function answer(session: Session, document: Buffer): Answered {
  const nowMs = present(session.registry)
  const { root, refusal } = parse(session, document)
  const moment: Moment = { nowMs, svTRID: nextSvTRID(session.registry), clTRID: root && findClTRID(root) }
  const refused = admit(session, undefined, moment) ?? refusal
  if (refused !== undefined) return finish(session, { ending: refused }, moment)
  const done = root ? replyTo(session, root, moment) : ({ ending: 'cut' } as const)
  return done === 'hello' ? greet(session, 'hello') : finish(session, done, moment)
}
