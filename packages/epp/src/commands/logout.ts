import { commandDocument } from './document.ts'

/** Ends the session; the registry answers 1500 and closes. RFC 5730 §2.9.1.2. */
export function logoutXml(clTRID: string): string {
  return commandDocument('<logout/>', clTRID)
}
