import type { Exchange } from '@droplock/epp/session/exchange'
import { isSuccess, meaningOnOthers } from '@droplock/rules/drop/result-codes'
import type { Answer } from '@droplock/rules/ports/registrar'
import type { FaultTarget } from '../../../../registry-sim/src/registry/faults.ts'
import type { World } from '../world/world.ts'

/** What a client may conclude of one answer: that it was done, that it was not, or that only the registry can tell. */
export type Conclusion = 'done' | 'not_done' | 'ask' | 'not_sent'

type Concluded = { readonly answer: Answer<unknown>; readonly conclusion: Conclusion }

type Base = {
  /** The verb that the fault is aimed at. */
  readonly verb: FaultTarget
  /** The names or ids that the command carries, by which a fault is aimed; none where it carries none. */
  readonly aim?: (object: string) => string
  /** Runs at once in one world. */
  readonly atOnceMax: number
  /** Makes what the command is about. */
  prepare(world: World, object: string): Promise<void>
}

/** A command that changes something, and how the change is leaseState: by the client, and in the registry's own store. */
export type Change = Base & {
  readonly kind: 'change'
  send(world: World, object: string, clTRID: string): Promise<Concluded>
  /** By an info of the client; `undefined` when its answer says neither. */
  ask(world: World, object: string): Promise<boolean | undefined>
  isDone(world: World, object: string): boolean
}

/** A command that only asks. What is wrong with what it told, if anything. */
export type Question = Base & {
  readonly kind: 'question'
  send(world: World, object: string, clTRID: string): Promise<Answer<unknown> | Exchange>
  complain(world: World, object: string, answer: Answer<unknown> | Exchange): string | undefined
}

/** The same for every command but the create, which has an interpreter of its own. */
export async function byCode(sent: Promise<Answer<unknown>>): Promise<Concluded> {
  const answer = await sent
  return { answer, conclusion: concludeByCode(answer) }
}

function concludeByCode(answer: Answer<unknown>): Conclusion {
  if (answer.kind !== 'answered') return answer.kind === 'not_sent' ? 'not_sent' : 'ask'
  switch (meaningOnOthers(answer.code)) {
    case 'done':
      return 'done'
    case 'retry':
    case 'session_ended':
    case 'unknown':
    case 'pending':
      return 'ask'
    default:
      return 'not_done'
  }
}

/** The data of a success; `undefined` for everything else. */
export function dataOf<Data>(answer: Answer<Data>): Data | undefined {
  return answer.kind === 'answered' && isSuccess(answer.code) ? answer.data : undefined
}

/** Throws unless a preparation succeeded. */
export function must(answer: Answer<unknown>): void {
  if (answer.kind !== 'answered' || !isSuccess(answer.code)) {
    throw new Error(`a preparation came to ${JSON.stringify(answer)}`)
  }
}
