import { isSuccess } from '@droplock/rules/drop/result-codes'
import type { Answer, OnSend } from '@droplock/rules/ports/registrar'
import type { Command } from '../commands/command.ts'
import { groupByProduct, type SubProducts } from '../extensions/namestore.ts'

/** Sends one command as soon as there is a slot. */
export type Send = <Data>(command: Command<Data>, clTRID: string, onSend?: OnSend) => Promise<Answer<Data>>

/**
 * Asks about many objects: in one command, or where they are of several products of the registry in one for each, the second
 * under `clTRID-2` and so on. What is answered is the last one's answer with the data of all, or the first that failed.
 */
export async function sendByProduct<One>(
  send: Send,
  subProducts: SubProducts | undefined,
  objects: readonly string[],
  ask: (objects: readonly string[]) => Command<readonly One[]>,
  clTRID: string,
): Promise<Answer<readonly One[]>> {
  const [first = objects, ...more] = subProducts ? groupByProduct(subProducts, objects) : []
  let all = await send(ask(first), clTRID)
  for (const [index, group] of more.entries()) {
    if (all.kind !== 'answered' || !isSuccess(all.code)) return all
    const next = await send(ask(group), `${clTRID}-${index + 2}`)
    if (next.kind !== 'answered' || !isSuccess(next.code)) return next
    all = { ...next, data: [...(all.data ?? []), ...(next.data ?? [])] }
  }
  return all
}
