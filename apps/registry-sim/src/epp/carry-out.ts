import { type Fault, faultMoments, injectFault } from '../registry/faults.ts'
import type { Decision } from './decision.ts'
import type { Command } from './read-command.ts'
import type { Session } from './session.ts'
import { type Answer, token } from './xml.ts'

/** `cut`: the connection is destroyed without an answer. `stall`, `half_close`: it stays open without an answer. */
type Ending = Answer | 'cut' | 'half_close' | 'stall'

export type Done = {
  readonly ending: Ending
  readonly delayMs?: number | undefined
  readonly fault?: Fault | undefined
}

function namesOf({ element }: Command): readonly string[] {
  const object = element.children[0]
  const parts = object?.children.filter(({ local }) => local === 'name' || local === 'id') ?? []
  return parts.map((part) => token(part).toLowerCase())
}

function endingOf(fault: Fault, result: Answer): Ending {
  switch (fault.kind) {
    case 'cut_before_commit':
    case 'cut_after_commit':
      return 'cut'
    case 'stall_before_commit':
    case 'stall_after_commit':
      return 'stall'
    case 'half_close_after_commit':
      return 'half_close'
    case 'failed':
    case 'failed_after_commit':
      return { code: 2400 }
    case 'session_limit':
      return { code: 2502, reason: 'Too many sessions' }
    default:
      return result
  }
}

/** Commits a decision, with a fault before the commit or between the commit and the answer if one is planned. */
export function carryOut(session: Session, command: Command, decision: Decision): Done {
  const { code } = decision
  const commits = 'commit' in decision
  const mark = { target: command.verb, names: namesOf(command), commits, code }
  const fault = injectFault(session.registry.faults, mark)
  const isUndone = fault !== undefined && faultMoments[fault.kind] === 'before'
  // A change that was not committed is never answered as done: the fault's answer replaces it.
  const result: Answer = commits ? (isUndone ? { code: 2400 } : decision.commit()) : decision
  decision.record?.({ ...(isUndone ? {} : { code }), ...(fault ? { fault: fault.kind } : {}) })
  const delayMs = fault?.kind === 'slow' ? (fault.delayMs ?? 0) : decision.delayMs
  return { ending: fault ? endingOf(fault, result) : result, delayMs, fault }
}
