import { inAbortedTransaction } from './errors.ts'

/**
 * Work of one transaction whose parts do not need each other's results: their first statements leave in one packet, in this order, and
 * are answered in one, so that a transaction of many statements does not wait for a turn of both processes after each of them. The server
 * carries them out one after the other. Rejects when all have ended, with what failed: the statements after it fail only because
 * the transaction is aborted.
 */
export async function sendTogether<Parts extends readonly Promise<unknown>[]>(
  parts: readonly [...Parts],
): Promise<{ -readonly [Place in keyof Parts]: Awaited<Parts[Place]> }> {
  const failures = (await Promise.allSettled(parts)).flatMap((ended) =>
    ended.status === 'rejected' ? [ended.reason as unknown] : [],
  )
  if (failures.length > 0) throw failures.find((reason) => !inAbortedTransaction(reason)) ?? failures[0]
  return Promise.all(parts)
}
