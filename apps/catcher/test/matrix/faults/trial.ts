import type { Exchange } from '@droplock/epp/session/exchange'
import { isSuccess, meaningOnOthers } from '@droplock/rules/drop/result-codes'
import type { Answer } from '@droplock/rules/ports/registrar'
import type { FaultTarget } from '../../../../registry-sim/src/registry/faults.ts'
import type { World } from '../world/world.ts'

/** What a client may conclude from one answer: that the command was done, that it was not, or that it is ambiguous. */
export type Conclusion = 'done' | 'not_done' | 'ask' | 'not_sent'

type Concluded = { readonly answer: Answer<unknown>; readonly conclusion: Conclusion }

type Base = {
  /** The verb into which the fault is injected. */
  readonly verb: FaultTarget
  /** The names or ids in the command, which select the fault; none if the command has none. */
  readonly aim?: (object: string) => string
  /** Runs at once in one world. */
  readonly atOnceMax: number
  /** Creates the object of the command. */
  prepare(world: World, object: string): Promise<void>
}

/** A command that changes something, and how the change is checked: by the client, and in the registry's memory. */
export type Change = Base & {
  readonly kind: 'change'
  send(world: World, object: string, clTRID: string): Promise<Concluded>
  /** Whether it was done, by an info of the client; `undefined` when the answer does not say. */
  ask(world: World, object: string): Promise<boolean | undefined>
  isDone(world: World, object: string): boolean
}

/** A query, with the mistakes in its answer. */
export type Question = Base & {
  readonly kind: 'question'
  send(world: World, object: string, clTRID: string): Promise<Answer<unknown> | Exchange>
  complain(world: World, object: string, answer: Answer<unknown> | Exchange): string | undefined
}

/** The conclusion from an answer to any command but the create, which has its own interpreter. */
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
