import { EPP_URI } from '../namespaces.ts'

/** epp-1.0 is the default namespace: some servers understand no prefix on its elements. */
const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?><epp xmlns="${EPP_URI}">`
const TAIL = '</epp>'

/** `trIDStringType`, without what would need escaping. RFC 5730 §4. */
const CLTRID = /^[\w.:-]{3,64}$/u

/** The document around an EPP message. */
export function eppDocument(message: string): string {
  return `${HEAD}${message}${TAIL}`
}

/** A command's document cut in two where its clTRID goes. Element order: verb, extension, clTRID (RFC 5730 §2.5). */
export function commandHalves(verb: string, extension = ''): readonly [string, string] {
  const wrapped = extension === '' ? '' : `<extension>${extension}</extension>`
  return [`${HEAD}<command>${verb}${wrapped}<clTRID>`, `</clTRID></command>${TAIL}`]
}

/** The whole document of a command without extension. */
export function commandDocument(verb: string, clTRID: string): string {
  return commandHalves(verb).join(checkedClTRID(clTRID))
}

/** The same id. Throws `RangeError` when it is not 3 to 64 letters, digits, or `_ . : -`. */
export function checkedClTRID(clTRID: string): string {
  if (!CLTRID.test(clTRID)) throw new RangeError(`a clTRID is 3 to 64 plain characters, not "${clTRID}"`)
  return clTRID
}
