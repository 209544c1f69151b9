import { JSON_BYTES_MAX } from '@droplock/http/limit-body'

/** What a request of an operation may cost. */
export type Limits = {
  readonly bodyBytesMax: number
  /** From its first octet to the start of its answer; a shorter `REQUEST_MS_MAX` applies to all. Milliseconds. */
  readonly msMax: number
}

const usual: Limits = { bodyBytesMax: JSON_BYTES_MAX, msMax: 15_000 }

/** The operations that need other limits than the usual ones, by their ids. The document shows those of every operation. */
const others: Readonly<Record<string, Partial<Limits>>> = {
  // A thousand names, each with data of its own, in characters of up to four octets.
  createBulkOrder: { bodyBytesMax: 4_194_304 },
  // Drawing waits for its turn in another thread.
  getInvoicePdf: { msMax: 10_000 },
}

export function limitsOf(operationId: string): Limits {
  return { ...usual, ...others[operationId] }
}
