import type { Entry, Operation } from './records.ts'
import type { Registry } from './registry.ts'

export type Tampering = {
  readonly name: string
  /** Left out: any. */
  readonly operation?: Operation | undefined
  /** Of the lines of that name and operation, from 0. */
  readonly index: number
  readonly how: 'drop' | 'double' | 'alter'
}

/** Drops, doubles or alters one line of the account report; what was taken from the deposit stays. False: there is none. */
export function tamperReport(registry: Registry, { name, operation, index, how }: Tampering): boolean {
  const { ledger } = registry
  const isMeant = (entry: Entry) =>
    entry.name === name && (operation === undefined || entry.operation === operation)
  const entry = ledger.filter(isMeant)[index]
  if (entry === undefined) return false
  const replaced = { drop: [], double: [entry, entry], alter: [{ ...entry, minor: entry.minor + 1 }] }[how]
  ledger.splice(ledger.indexOf(entry), 1, ...replaced)
  return true
}
