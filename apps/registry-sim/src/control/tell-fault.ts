import type { Fault } from '../registry/faults.ts'

/** A fault as the control API tells it; `left` is null where it has no end. */
export function tellFault(fault: Fault) {
  const { id, kind, on, commands, code, probability, struck, delayMs, skewMs, lengthOff } = fault
  const left = Number.isFinite(fault.left) ? fault.left : null
  return { id, kind, on, commands, code, probability, struck, left, delayMs, skewMs, lengthOff }
}
