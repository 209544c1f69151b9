/** The server keeps each prepared statement for each connection: some hundred kilobytes for all statements of the use cases. */
const NAMES_MAX = 500

/** A text that is used once, such as a list of a certain length, does not get a name. */
const USES_BEFORE_NAMED = 3

/** Texts that are counted and have no name yet; at more than this the counts start again. */
const COUNTED_MAX = 2_000

/**
 * The names of statements, one table for all connections of a pool: a statement with a name is parsed once per connection and
 * planned a few times, not at each use. Which text has one depends on what is used, never on values.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #uses = new Map<string, number>()
  #generation = 0

  /** The name of a statement, or undefined while it has none. */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text)
    if (name !== undefined) return name
    if (this.#names.size >= NAMES_MAX) return undefined
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses < USES_BEFORE_NAMED) {
      if (this.#uses.size >= COUNTED_MAX) this.#uses.clear()
      this.#uses.set(text, uses)
      return undefined
    }
    this.#uses.delete(text)
    const given = `s${this.#generation}_${this.#names.size}`
    this.#names.set(text, given)
    return given
  }

  /** Gives all statements new names: under the old ones the server keeps plans from before a migration. */
  renew(): void {
    this.#names.clear()
    this.#generation += 1
  }
}
