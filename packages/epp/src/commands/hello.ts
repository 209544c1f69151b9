import { eppDocument } from './document.ts'

/** Asks for a greeting. It has no clTRID, and its answer no trID. RFC 5730 §2.3. */
export function helloXml(): string {
  return eppDocument('<hello/>')
}
