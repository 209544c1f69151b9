/**
 * Data that all virtual users read, as one frozen copy. Like k6's, it is made while the script loads, and its elements
 * are plain JSON. Scripts call it with `new`.
 */
export function SharedArray(_name: string, make: () => readonly unknown[]): readonly unknown[] {
  return freezeDeep(JSON.parse(JSON.stringify(make())))
}

/** Freezes a value and all that it has: it is shared by all virtual users, of which each has its own copy under k6. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freezeDeep(member)
  return Object.freeze(value)
}

export default { SharedArray }
