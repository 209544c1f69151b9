/** Milliseconds since the epoch by the *registry's* clock, as far as `hello` lets us know it. Purges happen by that clock. */
export type RegistryMs = number
