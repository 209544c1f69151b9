import type { Address } from './records.ts'

/** A host object (RFC 5732 §2). `statuses` are those a client set. */
export type Host = {
  readonly name: string
  readonly roid: string
  readonly clID: string
  readonly crDateMs: number
  readonly upDateMs: number | undefined
  readonly addresses: readonly Address[]
  readonly statuses: readonly string[]
}
