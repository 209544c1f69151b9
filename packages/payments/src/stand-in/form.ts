/** Stripe's requests: form-encoded, nested names in brackets (`metadata[payment_id]`, `created[gte]`, `expand[0]`). */
export type Form = {
  readonly names: readonly string[]
  get(name: string): string | undefined
  /** What stands under a name's brackets. */
  under(name: string): Record<string, string>
}

export function readForm(text: string): Form {
  const pairs = [...new URLSearchParams(text)]
  const values = new Map(pairs)
  return {
    names: pairs.map(([name]) => name),
    get: (name) => values.get(name),
    under: (name) =>
      Object.fromEntries(
        pairs
          .filter(([key]) => key.startsWith(`${name}[`) && key.endsWith(']'))
          .map(([key, value]) => [key.slice(name.length + 1, -1), value]),
      ),
  }
}
